import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '#server/runtime/commands/decision.ts';
import { isAccountEvent } from '#server/testing/account-event.ts';
import { toHistory } from '#server/testing/sample-events.ts';
import { fromAccountAggregateId } from './account-aggregate-id.ts';
import { type AccountEvent, balanceChange } from './account-events.ts';
import { type AccountState, evolve, initialState } from './account-state.ts';
import { decideAccount } from './decide-account.ts';
import { decideTransfer } from './decide-transfer.ts';

/** Currencies with no, two and three decimals; few accounts and amounts, so that rules collide. */
const currency = fc.constantFrom('JPY', 'EUR', 'KWD');
const accountId = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const amount = fc.bigInt({ min: -1n, max: 12n });
const minutes = fc.integer({ min: 0, max: 50 });

const usual = ['deposit', 'withdraw', 'transfer'] as const;
const command = fc.record({
  kind: fc.constantFrom('open', ...usual, ...usual, ...usual, 'close'),
  accountId,
  toAccountId: accountId,
  amount,
  currency,
  minutes,
});
type RandomCommand = typeof command extends fc.Arbitrary<infer Command> ? Command : never;

/** Most accounts are open from the start, and most commands are in one currency. */
const commands = fc
  .tuple(currency, fc.array(command, { maxLength: 120, size: 'max' }))
  .map(([common, list]): RandomCommand[] => [
    ...(['A', 'B', 'C', 'D'] as const).map((id) => ({
      kind: 'open' as const,
      accountId: id,
      toAccountId: id,
      amount: 5n,
      currency: common,
      minutes: 0,
    })),
    ...list.map((entry, index) => (index % 9 === 0 ? entry : { ...entry, currency: common })),
  ]);

describe('under any commands', () => {
  it('money is conserved: what the accounts hold is what came in less what went out', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const bank = run(list);
        for (const code of ['JPY', 'EUR', 'KWD']) {
          const held = sum(
            bank.states().filter((state) => state.status !== 'unopened' && state.currency === code),
            (state) => (state.status === 'unopened' ? 0n : state.balance),
          );
          const moved = sum(bank.crossings, (crossing) =>
            crossing.currency === code ? crossing.amount : 0n,
          );
          expect(held).toBe(moved);
        }
      }),
    );
  });

  it('no account ever passes its overdraft limit', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const bank = run(list);
        for (const history of bank.histories.values()) {
          let state: AccountState = initialState;
          for (const event of history) {
            state = evolve(state, event);
            if (state.status !== 'unopened') {
              expect(state.balance >= -state.overdraftLimit).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('sequences have no gaps, and time never runs backwards within an account', () => {
    fc.assert(
      fc.property(commands, (list) => {
        for (const history of run(list).histories.values()) {
          expect(history.map(({ eventSequence }) => eventSequence)).toEqual(
            history.map((_, index) => index + 1),
          );
          const times = history.map(({ timestamp }) => timestamp);
          expect(times).toEqual([...times].sort());
        }
      }),
    );
  });

  it('folding twice gives the same state, and folding on from any point as well', () => {
    fc.assert(
      fc.property(commands, fc.nat(), (list, point) => {
        for (const history of run(list).histories.values()) {
          const whole = history.reduce(evolve, initialState);
          expect(history.reduce(evolve, initialState)).toEqual(whole);
          const at = point % (history.length + 1);
          const half = history.slice(0, at).reduce(evolve, initialState);
          expect(history.slice(at).reduce(evolve, half)).toEqual(whole);
        }
      }),
    );
  });

  it('a closed account stays as it was', () => {
    fc.assert(
      fc.property(commands, (list) => {
        for (const history of run(list).histories.values()) {
          const end = history.findIndex(({ eventType }) => eventType === 'AccountClosed');
          expect(end === -1 || end === history.length - 1).toBe(true);
          if (end !== -1) {
            expect(history.reduce(evolve, initialState)).toMatchObject({ balance: 0n });
          }
        }
      }),
    );
  });
});

/** A bank in memory: decides every command on the folded states, and appends what is accepted. */
function run(list: readonly RandomCommand[]) {
  const histories = new Map<string, ReturnType<typeof toHistory>>();
  const stateOf = (id: string) => (histories.get(id) ?? []).reduce(evolve, initialState);
  const crossings: { amount: bigint; currency: string }[] = [];

  list.forEach((entry, index) => {
    const decision = decide(entry, index, stateOf);
    if (decision.kind === 'rejected') {
      return;
    }
    for (const [aggregateId, decided] of decision.events) {
      const id = fromAccountAggregateId(aggregateId);
      const events = decided.filter((event) => isAccountEvent(event));
      expect(events).toHaveLength(decided.length);
      const history = histories.get(id) ?? [];
      const recorded = toHistory(id, events, history.length + 1);
      const { timestamp } = decision;
      histories.set(id, [...history, ...recorded.map((event) => ({ ...event, timestamp }))]);
      crossings.push(
        ...events.filter(isCrossing).map((event) => toCrossing(event, entry.currency)),
      );
    }
  });
  return { histories, crossings, states: () => [...histories.keys()].map(stateOf) };
}

function decide(
  entry: RandomCommand,
  index: number,
  stateOf: (id: string) => AccountState,
): Decision {
  const { accountId: id } = entry;
  const at = new Date(Date.UTC(2026, 0, 1, 0, entry.minutes)).toISOString();
  const money = { at, accountId: id, amount: entry.amount, currency: entry.currency };
  switch (entry.kind) {
    case 'open': {
      const terms = { number: id, owner: 'Ada', currency: entry.currency };
      return decideAccount(
        { commandType: 'OpenAccount', at, ...terms, overdraftLimit: entry.amount },
        stateOf(id),
      );
    }
    case 'deposit':
      return decideAccount({ commandType: 'Deposit', ...money }, stateOf(id));
    case 'withdraw':
      return decideAccount({ commandType: 'Withdraw', ...money }, stateOf(id));
    case 'close':
      return decideAccount({ commandType: 'CloseAccount', at, accountId: id }, stateOf(id));
    case 'transfer':
      return decideTransfer(
        { ...money, transferId: `T-${index}`, fromAccountId: id, toAccountId: entry.toAccountId },
        stateOf(id),
        stateOf(entry.toAccountId),
      );
  }
}

/** Money that enters or leaves the bank; transfers stay within it. */
function isCrossing(event: AccountEvent): boolean {
  return event.eventType === 'MoneyDeposited' || event.eventType === 'MoneyWithdrawn';
}

function toCrossing(event: AccountEvent, code: string) {
  return { amount: balanceChange(event), currency: code };
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => bigint): bigint {
  return items.reduce((total, item) => total + amountOf(item), 0n);
}
