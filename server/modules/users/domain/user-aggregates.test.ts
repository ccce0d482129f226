import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyUserHistory,
  changed,
  claimed,
  deactivated,
  emailAfter,
  registered,
  released,
  updated,
  userAfter,
} from '#server/testing/users.ts';
import { emailAggregate } from './email-aggregate.ts';
import { toEmailId } from './email-id.ts';
import { userAggregate } from './user-aggregate.ts';
import { evolve, initialState } from './user-state.ts';

describe('a user', () => {
  it.each([
    [[updated({ name: 'X' })]],
    [[deactivated()]],
    [[registered(), registered()]],
    [[registered(), deactivated(), changed(['*:view'])]],
  ])('has no history that the deciders cannot have written: %j', (events) => {
    expect(() => userAfter(...events)).toThrow(/of a user who is/);
  });

  it('is the same from a snapshot, at every place of any history', () => {
    fc.assert(
      fc.property(anyUserHistory, (events) => {
        events.reduce((state, event) => {
          const next = evolve(state, event);
          expect(userAggregate.snapshot.codec.parse(next)).toStrictEqual(next);
          return next;
        }, initialState);
      }),
    );
  });

  it('is found by its id in any case', () => {
    expect(userAggregate.parseId(' User-001 ')).toBe('user-001');
    expect(userAggregate.parseId('user#1')).toBeUndefined();
  });

  it('keeps permissions of programs that this one does not know', () => {
    const { codec } = userAggregate.events.UserPermissionsChanged;
    const eventData = { granted: ['library:lend'], revoked: [] };
    expect(codec.parse(eventData)).toEqual(eventData);
  });
});

describe('an address', () => {
  const ID = toEmailId('ada@example.com');

  it('is found by itself in any case, and by its id, in which it cannot be read', () => {
    expect(ID).toMatch(/^[0-9a-f]{64}$/);
    expect(emailAggregate.parseId(' Ada@Example.com ')).toBe(ID);
    expect(emailAggregate.parseId(ID.toUpperCase())).toBe(ID);
    expect(emailAggregate.parseId('ada')).toBeUndefined();
  });

  it('is one user’s at a time', () => {
    expect(emailAfter(claimed('u-1'), released('u-1'), claimed('u-2'))).toMatchObject({
      status: 'claimed',
      userId: 'u-2',
    });
    expect(() => emailAfter(claimed('u-1'), claimed('u-2'))).toThrow(/is u-1’s/);
    expect(() => emailAfter(claimed('u-1'), released('u-2'))).toThrow(/not theirs/);
    expect(() => emailAfter(released('u-1'))).toThrow(/not theirs/);
  });

  it.each([[[]], [[claimed('u-1')]], [[claimed('u-1'), released('u-1')]]])(
    'is the same from a snapshot after %j',
    (events) => {
      const state = emailAfter(...events);
      expect(emailAggregate.snapshot.codec.parse(state)).toStrictEqual(state);
    },
  );
});
