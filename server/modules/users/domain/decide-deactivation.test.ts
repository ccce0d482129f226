import { describe, expect, it } from 'vitest';
import {
  changed,
  deactivated,
  expectDecision,
  minute,
  NOW,
  registered,
  userAfter,
} from '#server/testing/users.ts';
import { decideDeactivation } from './decide-deactivation.ts';
import type { UserEvent } from './user-events.ts';

function deactivate(events: readonly UserEvent[], reason?: string, at = NOW) {
  const input = { userId: 'u-1', reason };
  return expectDecision(decideDeactivation(input, at, userAfter(...events)));
}

describe('decideDeactivation', () => {
  it('ends a user, and leaves the address alone', () => {
    deactivate([registered()], 'Left').brings({ 'user#u-1': [deactivated('Left')] });
    deactivate([registered()]).brings({ 'user#u-1': [deactivated()] });
  });

  it('never happens before the last event', () => {
    const events = [registered(), changed(['*:view'])];
    deactivate(events, undefined, minute(-1)).brings({ 'user#u-1': [deactivated()] }, minute(1));
  });

  it('refuses a user who is not there, or deactivated already', () => {
    deactivate([]).isRejected('USER_NOT_FOUND', /u-1/, 'userId');
    deactivate([registered(), deactivated()]).isRejected('USER_DEACTIVATED', /u-1/, 'userId');
  });

  it('leaves no permission', () => {
    const state = userAfter(registered(), changed(['*:view']), deactivated());
    expect(state).toEqual({
      status: 'deactivated',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      registeredAt: minute(0),
      deactivatedAt: minute(2),
      lastEventAt: minute(2),
    });
  });
});
