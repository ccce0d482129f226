import { expect } from 'vitest';
import type { RejectionCode } from '#lib/playhead-error.ts';
import type { AccountCommand } from '#server/modules/bank/domain/account-commands.ts';
import type { AccountEvent } from '#server/modules/bank/domain/account-events.ts';
import {
  type AccountState,
  evolve,
  initialState,
} from '#server/modules/bank/domain/account-state.ts';
import { decideAccount } from '#server/modules/bank/domain/decide-account.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import { minute, toHistory } from './sample-events.ts';

/** The time at which commands of a specification are decided: after every event of its history. */
export const NOW = minute(10_000);

/** A state as `events`, a minute apart, have left it. */
export function stateAfter(...events: readonly AccountEvent[]): AccountState {
  return toHistory('A-1', events).reduce(evolve, initialState);
}

/** A specification of one account: given these events, when this command comes, expect that. */
export function given(...events: readonly AccountEvent[]) {
  return {
    when: (command: AccountCommand) => expectThat(decideAccount(command, stateAfter(...events))),
  };
}

/** What a decision can be expected to be. */
export function expectThat(decision: Decision) {
  return {
    brings: (events: Readonly<Record<string, readonly AccountEvent[]>>, timestamp = NOW) =>
      expect(decision).toEqual({
        kind: 'accepted',
        timestamp,
        events: new Map(Object.entries(events)),
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
