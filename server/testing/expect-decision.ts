import { expect } from 'vitest';
import type { RejectionCode } from '#lib/playhead-error.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';

/** What a decision about one aggregate can be expected to be. */
export function expectDecision(decision: Decision, aggregateId: string, at: string) {
  return {
    brings: (...events: readonly DomainEvent[]) =>
      expect(decision).toEqual({
        kind: 'accepted',
        timestamp: at,
        events: new Map(events.length === 0 ? [] : [[aggregateId, events]]),
      }),
    isRejected: (code: RejectionCode, sentence: RegExp, field?: string) => {
      expect(decision).toMatchObject({ kind: 'rejected', code });
      expect(decision).toHaveProperty('message', expect.stringMatching(sentence));
      if (field !== undefined) {
        expect(decision).toHaveProperty('field', field);
      }
    },
  };
}
