import { describe, it } from 'vitest';
import {
  claimed,
  deactivated,
  emailAfter,
  expectDecision,
  minute,
  NOW,
  registered,
  released,
  updated,
  userAfter,
} from '#server/testing/users.ts';
import { decideProfileUpdate } from './decide-profile-update.ts';
import type { EmailEvent } from './email-state.ts';
import { toEmailAggregateId } from './user-aggregate-ids.ts';

const OLD = 'ada@example.com';
const NEW = 'ada@king.org';
const moving = { email: NEW, currentEmail: OLD };

function update(
  input: { name?: string; email?: string; currentEmail?: string },
  {
    user = userAfter(registered()),
    current = [claimed('u-1')],
    next = [] as EmailEvent[],
    at = NOW,
  } = {},
) {
  const { name, email, currentEmail } = input;
  const addresses = email
    ? { current: emailAfter(...current), next: emailAfter(...next) }
    : undefined;
  return expectDecision(
    decideProfileUpdate({ userId: 'u-1', name, email, currentEmail }, at, user, addresses),
  );
}

describe('decideProfileUpdate', () => {
  const moved = {
    'user#u-1': [updated({ email: NEW })],
    [toEmailAggregateId(OLD)]: [released('u-1')],
    [toEmailAggregateId(NEW)]: [claimed('u-1')],
  };

  it('changes the name alone', () => {
    update({ name: 'Ada King' }).brings({ 'user#u-1': [updated({ name: 'Ada King' })] });
  });

  it('releases the old address and claims the new one', () => {
    update(moving).brings(moved);
    const both = { ...moved, 'user#u-1': [updated({ email: NEW, name: 'Ada King' })] };
    update({ ...moving, name: 'Ada King' }).brings(both);
  });

  it('happens at one moment, not before the last event of any of the three', () => {
    const next = [claimed('u-2'), released('u-2'), claimed('u-2'), released('u-2')];
    update(moving, { next, at: minute(0) }).brings(moved, minute(3));
  });

  it('brings nothing where nothing changes, whatever address is said to be replaced', () => {
    update({}).brings({});
    update({ name: 'Ada Lovelace', email: OLD, currentEmail: OLD }).brings({});
    update({ email: OLD, currentEmail: 'other@example.com' }).brings({});
  });

  it('refuses to replace an address that is not the user’s any more', () => {
    const wrong = { email: NEW, currentEmail: 'other@example.com' };
    update(wrong).isRejected('EMAIL_NOT_CURRENT', /address of u-1 is another/, 'currentEmail');
    update({ email: NEW, currentEmail: NEW }).isRejected(
      'EMAIL_NOT_CURRENT',
      /look at it again/,
      'currentEmail',
    );
  });

  it('refuses to replace an address that was read after it had been replaced', () => {
    const gone = [claimed('u-1'), released('u-1')];
    for (const current of [gone, [...gone, claimed('u-2')]]) {
      update(moving, { current }).isRejected('EMAIL_NOT_CURRENT', /u-1/, 'currentEmail');
    }
  });

  it('refuses an address that another user has', () => {
    update(moving, { next: [claimed('u-2')] }).isRejected('EMAIL_TAKEN', /u-2’s/, 'email');
  });

  it('refuses a user who is not there, or deactivated', () => {
    const user = userAfter();
    update({ name: 'X' }, { user }).isRejected('USER_NOT_FOUND', /no user u-1/, 'userId');
    const gone = userAfter(registered(), deactivated());
    update({ name: 'X' }, { user: gone }).isRejected(
      'USER_DEACTIVATED',
      /deactivated on 2026-03-01/,
      'userId',
    );
  });
});
