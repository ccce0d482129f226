import fc from 'fast-check';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type {
  AccountEvent,
  RecordedAccountEvent,
} from '#server/modules/bank/domain/account-events.ts';

/** A movement of an account's history: by how much (minor units), and how long after the one before. */
export type Step = {
  readonly type: 'MoneyDeposited' | 'MoneyWithdrawn' | 'TransferSent' | 'TransferReceived';
  readonly amount: bigint;
  readonly hoursLater: number;
};

const FIRST_DAY = Date.parse('2026-01-30T21:00:00.000Z');

/** An account's events: its opening, a movement per step and, when it is `closed`, its closing. */
export function toHistory(
  accountId: string,
  { steps, closed = false }: { readonly steps: readonly Step[]; readonly closed?: boolean },
): RecordedAccountEvent[] {
  const opening: AccountEvent = {
    eventType: 'AccountOpened',
    eventData: {
      owner: `Owner of ${accountId}`,
      number: accountId,
      currency: 'EUR',
      overdraftLimit: 100_000_000n,
    },
  };
  const closing: AccountEvent[] = closed ? [{ eventType: 'AccountClosed', eventData: {} }] : [];
  let time = FIRST_DAY;
  return [opening, ...steps.map((step) => toEvent(step)), ...closing].map((event, index) => {
    time += (steps[index - 1]?.hoursLater ?? 0) * 3_600_000;
    const sequence = index + 1;
    return {
      aggregateId: toAccountAggregateId(accountId),
      eventSequence: sequence,
      eventId: `${accountId}-${sequence}`,
      correlationId: `correlation-${accountId}-${sequence}`,
      causationId: `command-${accountId}-${sequence}`,
      timestamp: new Date(time).toISOString(),
      version: 1,
      metadata: {
        actor: 'test',
        commandId: `command-${accountId}-${sequence}`,
        commandType: 'Test',
      },
      ...event,
    };
  });
}

/** A history of so many events with deposits and withdrawals in turn, for tests that only need some. */
export function toSimpleHistory(accountId: string, length: number): RecordedAccountEvent[] {
  const steps = Array.from({ length: length - 1 }, (_, index): Step => {
    const type = index % 2 === 0 ? 'MoneyDeposited' : 'MoneyWithdrawn';
    return { type, amount: BigInt(100 + index), hoursLater: 7 };
  });
  return toHistory(accountId, { steps });
}

function toEvent({ type, amount }: Step): AccountEvent {
  const money = { amount, currency: 'EUR' };
  switch (type) {
    case 'MoneyDeposited':
      return { eventType: type, eventData: { ...money, description: 'Salary', counterparty: 'X' } };
    case 'MoneyWithdrawn':
      return { eventType: type, eventData: money };
    case 'TransferSent':
    case 'TransferReceived':
      return { eventType: type, eventData: { ...money, transferId: 't-1', counterparty: 'OTHER' } };
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  type: fc.constantFrom<Step['type'][]>(
    'MoneyDeposited',
    'MoneyWithdrawn',
    'TransferSent',
    'TransferReceived',
  ),
  amount: fc.bigInt({ min: 1n, max: 10n ** 6n }),
  hoursLater: fc.nat({ max: 40 * 24 }),
});

/** One account's history with up to 30 movements, over months. */
export const anyHistory: fc.Arbitrary<RecordedAccountEvent[]> = fc
  .record({ steps: fc.array(step, { maxLength: 30 }), closed: fc.boolean() })
  .map((history) => toHistory('A1', history));

/** Several accounts' events in one order that keeps each account's own. */
export const anyJournal: fc.Arbitrary<RecordedAccountEvent[]> = fc
  .array(fc.record({ steps: fc.array(step, { maxLength: 12 }), closed: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((histories) => {
    const events = histories.map((history, index) => toHistory(`A${index}`, history));
    return fc
      .shuffledSubarray(
        events.flatMap((history, index) => history.map(() => index)),
        { minLength: events.flat().length },
      )
      .map((turns) => {
        const rest = events.map((history) => [...history]);
        return turns.flatMap((turn) => rest[turn]?.splice(0, 1) ?? []);
      });
  });
