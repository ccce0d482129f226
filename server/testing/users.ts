import fc from 'fast-check';
import { expect } from 'vitest';
import { PERMISSIONS } from '#lib/modules/users/permissions.ts';
import type { RejectionCode } from '#lib/playhead-error.ts';
import {
  type EmailEvent,
  evolveEmail,
  initialEmailState,
} from '#server/modules/users/domain/email-state.ts';
import { toUserAggregateId } from '#server/modules/users/domain/user-aggregate-ids.ts';
import type { UserEvent } from '#server/modules/users/domain/user-events.ts';
import { evolve, initialState } from '#server/modules/users/domain/user-state.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import type { DomainEvent, RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';

/** The minute of a user's first event, and those after it. */
export const minute = (count: number) =>
  new Date(Date.parse('2026-03-01T08:00:00.000Z') + count * 60_000).toISOString();

/** The time at which commands of a specification are decided: after every event of its history. */
export const NOW = minute(10_000);

export const registered = (
  data: { email?: string; name?: string } = {},
): UserEvent & { eventType: 'UserRegistered' } => ({
  eventType: 'UserRegistered',
  eventData: { email: 'ada@example.com', name: 'Ada Lovelace', ...data },
});
export const updated = (eventData: { email?: string; name?: string }): UserEvent => ({
  eventType: 'UserProfileUpdated',
  eventData,
});
export const changed = (
  granted: readonly string[],
  revoked: readonly string[] = [],
): UserEvent => ({
  eventType: 'UserPermissionsChanged',
  eventData: { granted, revoked },
});
export const deactivated = (reason?: string): UserEvent => ({
  eventType: 'UserDeactivated',
  eventData: reason === undefined ? {} : { reason },
});
export const claimed = (userId: string): EmailEvent => ({
  eventType: 'EmailClaimed',
  eventData: { userId },
});
export const released = (userId: string): EmailEvent => ({
  eventType: 'EmailReleased',
  eventData: { userId },
});

/** A user's state as these events, a minute apart, have left it. */
export function userAfter(...events: readonly UserEvent[]) {
  return events
    .map((event, index) => ({ ...event, timestamp: minute(index) }))
    .reduce(evolve, initialState);
}

/** An address's state as these events, a minute apart, have left it. */
export function emailAfter(...events: readonly EmailEvent[]) {
  return events
    .map((event, index) => ({ ...event, timestamp: minute(index) }))
    .reduce(evolveEmail, initialEmailState);
}

/** What a decision can be expected to be. */
export function expectDecision(decision: Decision) {
  return {
    brings: (events: Readonly<Record<string, readonly DomainEvent[]>>, timestamp = NOW) =>
      expect(decision).toStrictEqual({
        kind: 'accepted',
        timestamp,
        events: new Map(Object.entries(events)),
      }),
    isRejected: (code: RejectionCode, sentence: RegExp, field: string) =>
      expect(decision).toMatchObject({
        kind: 'rejected',
        code,
        message: expect.stringMatching(sentence),
        field,
      }),
  };
}

/** A user's events as they were recorded, a minute apart, by actors in turn. */
export function toUserHistory(
  userId: string,
  events: readonly UserEvent[],
): RecordedEvent<UserEvent>[] {
  return events.map((event, index) => ({
    aggregateId: toUserAggregateId(userId),
    eventSequence: index + 1,
    eventId: `${userId}-${index + 1}`,
    correlationId: `correlation-${userId}-${index + 1}`,
    causationId: `command-${userId}-${index + 1}`,
    timestamp: minute(index),
    version: 1,
    metadata: {
      actor: index % 2 === 0 ? 'operator' : 'administrator',
      commandId: `command-${userId}-${index + 1}`,
      commandType: 'Test',
    },
    ...event,
  }));
}

const anyPermissions = fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { maxLength: 6 });
const anyChange = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyPermissions, anyPermissions) },
  { weight: 1, arbitrary: fc.constantFrom('Ada King', 'Grace Hopper') },
);

/** A history that the deciders can have written, of user `U1`. */
export const anyUserHistory: fc.Arbitrary<RecordedEvent<UserEvent>[]> = fc
  .record({ changes: fc.array(anyChange, { maxLength: 20 }), ends: fc.boolean() })
  .map(({ changes, ends }) => {
    const held = new Set<string>();
    const events: UserEvent[] = [registered()];
    for (const change of changes) {
      if (typeof change === 'string') {
        events.push(updated({ name: change, email: `${change.slice(-4)}@example.com` }));
        continue;
      }
      const granted = change[0].filter((permission) => !held.has(permission)).sort();
      const revoked = change[1].filter((permission) => held.has(permission)).sort();
      if (granted.length + revoked.length > 0) {
        events.push(changed(granted, revoked));
        for (const permission of revoked) {
          held.delete(permission);
        }
        for (const permission of granted) {
          held.add(permission);
        }
      }
    }
    return toUserHistory('U1', ends ? [...events, deactivated()] : events);
  });
