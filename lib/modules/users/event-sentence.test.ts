import { expect, it } from 'vitest';
import { toUserEventSentence } from './event-sentence.ts';

it.each([
  ['UserRegistered', { name: 'Ada Lovelace', email: 'a@b.cd' }, 'Registered as Ada Lovelace'],
  ['UserProfileUpdated', { name: 'Ada King' }, 'Changed the name to Ada King'],
  [
    'UserProfileUpdated',
    { name: 'Ada King', email: 'ada@king.org' },
    'Changed the name to Ada King and the e-mail address to ada@king.org',
  ],
  [
    'UserPermissionsChanged',
    { granted: ['*:view', 'bank:commands'], revoked: [] },
    'Granted *:view, bank:commands',
  ],
  [
    'UserPermissionsChanged',
    { granted: ['*:view'], revoked: ['bank:view'] },
    'Granted *:view; revoked bank:view',
  ],
  ['UserPermissionsChanged', { granted: [], revoked: ['bank:view'] }, 'Revoked bank:view'],
  ['UserDeactivated', {}, 'Deactivated'],
  ['UserDeactivated', { reason: 'Left the bank' }, 'Deactivated: Left the bank'],
  ['EmailClaimed', { userId: 'user-001' }, 'Claimed by user-001'],
  ['EmailReleased', { userId: 'user-001' }, 'Released by user-001'],
  ['UserRegistered', { name: 'A\u202e' }, 'Registered as A\\u202e'],
  ['UserRegistered', { name: 7 }, 'User registered'],
  ['UserPromoted', {}, undefined],
])('%s %j: %s', (eventType, eventData, sentence) => {
  expect(toUserEventSentence({ eventType, eventData })).toBe(sentence);
});
