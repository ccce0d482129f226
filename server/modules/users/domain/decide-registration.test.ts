import { describe, it } from 'vitest';
import type { UserEvent } from '#server/modules/users/domain/user-events.ts';
import {
  claimed,
  deactivated,
  emailAfter,
  expectDecision,
  minute,
  NOW,
  registered,
  released,
  userAfter,
} from '#server/testing/users.ts';
import { decideRegistration } from './decide-registration.ts';
import type { EmailEvent } from './email-state.ts';
import { toEmailAggregateId } from './user-aggregate-ids.ts';

const ada = { userId: 'u-1', email: 'ada@example.com', name: 'Ada Lovelace' };
const address = toEmailAggregateId(ada.email);

function decide(user: readonly UserEvent[], email: readonly EmailEvent[], at = NOW) {
  return expectDecision(decideRegistration(ada, at, userAfter(...user), emailAfter(...email)));
}

describe('decideRegistration', () => {
  const both = { 'user#u-1': [registered()], [address]: [claimed('u-1')] };

  it('registers the user and claims the address', () => {
    decide([], []).brings(both);
  });

  it('takes an address that another user has given back, not before they did', () => {
    decide([], [claimed('u-2'), released('u-2')]).brings(both);
    decide([], [claimed('u-2'), released('u-2')], minute(-5)).brings(both, minute(1));
  });

  it('refuses an id that somebody has, or had', () => {
    decide([registered()], []).isRejected('USER_ID_TAKEN', /is a user u-1 already/, 'userId');
    decide([registered(), deactivated()], []).isRejected('USER_ID_TAKEN', /u-1/, 'userId');
  });

  it('refuses an address that is another user’s, without saying which address', () => {
    decide([], [claimed('u-2')]).isRejected('EMAIL_TAKEN', /^[^@]* u-2’s\.$/, 'email');
  });
});
