import { currencyDigits } from '#lib/currencies.ts';
import { toDecimal } from '#lib/money.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { createRandom } from '#server/runtime/platform/random.ts';
import { DEMO_ACCOUNTS, type DemoAccount, type DemoAccountKey } from './demo-accounts.ts';
import { DEMO_HABITS, type DemoHabit } from './demo-habits.ts';
import { planDemoProposals } from './plan-demo-proposals.ts';

type Movement = {
  readonly bookedAt: string;
  readonly account: DemoAccountKey;
  readonly kind: DemoHabit['kind'];
  /** In minor units. */
  readonly amount: bigint;
  readonly description: string;
  readonly counterparty?: string;
};

const TYPES = { deposit: 'Deposit', withdraw: 'Withdraw', transfer: 'Transfer' } as const;

const SEED = 20_260_417;
const DAYS = 44;
const DAY_MS = 86_400_000;

const accounts: Readonly<Record<DemoAccountKey, DemoAccount>> = DEMO_ACCOUNTS;
const keys = DEMO_HABITS.map(({ account }) => account).filter(
  (key, index, all) => all.indexOf(key) === index,
);

/**
 * The demo bank's commands in the order of their booking times, the last ones shortly before
 * `endsAt` (ISO 8601). Pure, and the same for the same `endsAt`, command ids included: sent twice,
 * they do what they do once. Movements that an account cannot afford are left out.
 */
export function planDemoBank(endsAt: string): DemoCommand[] {
  const firstDay = Math.floor(Date.parse(endsAt) / DAY_MS) * DAY_MS - DAYS * DAY_MS;
  const openings = keys.map((key, index) => open(key, firstDay + index * 600_000));
  const movements = [...keys.map((key, index) => firstDeposit(key, firstDay, index))]
    .concat(habitual(firstDay))
    .filter(({ bookedAt }) => bookedAt < endsAt)
    .sort((a, b) => (a.bookedAt < b.bookedAt ? -1 : 1));
  const closings = keys.filter((key) => accounts[key].isClosed).map(close);
  const booked = affordable(movements).map(toCommand);
  // Each account has its first deposit before anything large is asked of it.
  const [deposits, others] = [booked.slice(0, keys.length), booked.slice(keys.length)];
  return [...openings, ...deposits, ...planDemoProposals(), ...others, ...closings];
}

function open(key: DemoAccountKey, time: number): DemoCommand {
  const { number, owner, currency, overdraftLimit } = accounts[key];
  const bookedAt = new Date(time).toISOString();
  const input = { number, owner, currency, overdraftLimit: `${overdraftLimit}`, bookedAt };
  return { commandId: `demo-open-${key}`, type: 'OpenAccount', input };
}

function close(key: DemoAccountKey): DemoCommand {
  const input = { accountId: accounts[key].number, reason: 'Moved to the current account' };
  return { commandId: `demo-close-${key}`, type: 'CloseAccount', input };
}

function firstDeposit(key: DemoAccountKey, firstDay: number, index: number): Movement {
  const { currency, firstDeposit: amount } = accounts[key];
  return {
    bookedAt: new Date(firstDay + 4 * 3_600_000 + index * 420_000).toISOString(),
    account: key,
    kind: 'deposit',
    amount: toMinor(amount, currency),
    description: 'First deposit',
  };
}

function habitual(firstDay: number): Movement[] {
  const random = createRandom(SEED);
  const movements: Movement[] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    for (const habit of DEMO_HABITS) {
      // All drawn every time: what one habit does leaves the others' numbers as they are.
      const [chance, hour, size] = [random(), random(), random()];
      const { days } = habit;
      if (typeof days === 'number' ? chance < days : days.includes(DAYS - day)) {
        movements.push(toMovement(habit, firstDay + day * DAY_MS, hour, size));
      }
    }
  }
  return movements;
}

function toMovement(habit: DemoHabit, day: number, hour: number, size: number): Movement {
  const { account, kind, description, counterparty } = habit;
  const { currency } = accounts[account];
  const [earliest, latest] = habit.hours;
  const [least, most] = habit.amount.map((amount) => toMinor(amount, currency));
  const time = day + Math.floor((earliest + (latest - earliest) * hour) * 3_600_000);
  const range = Number((most ?? 0n) - (least ?? 0n));
  return {
    bookedAt: new Date(time).toISOString(),
    account,
    kind,
    amount: (least ?? 0n) + BigInt(Math.floor(range * size)),
    description,
    ...(counterparty === undefined ? {} : { counterparty }),
  };
}

function affordable(movements: readonly Movement[]): Movement[] {
  const balances = new Map<DemoAccountKey, bigint>();
  const add = (key: DemoAccountKey, amount: bigint) =>
    balances.set(key, (balances.get(key) ?? 0n) + amount);
  return movements.filter(({ account, kind, amount }) => {
    if (kind === 'deposit') {
      add(account, amount);
      return true;
    }
    const { overdraftLimit, currency } = accounts[account];
    if ((balances.get(account) ?? 0n) - amount < -toMinor(overdraftLimit, currency)) {
      return false;
    }
    add(account, -amount);
    if (kind !== 'withdraw') {
      add(kind.transferTo, amount);
    }
    return true;
  });
}

function toCommand(movement: Movement, index: number): DemoCommand {
  const { account, kind, description, counterparty, bookedAt } = movement;
  const { number, currency } = accounts[account];
  const amount = toDecimal(movement.amount, currency);
  const shared = { amount, currency, description, bookedAt };
  const commandId = `demo-${String(index + 1).padStart(4, '0')}`;
  if (typeof kind === 'object') {
    const toAccountId = accounts[kind.transferTo].number;
    return {
      commandId,
      type: 'Transfer',
      input: { ...shared, fromAccountId: number, toAccountId },
    };
  }
  const input = { ...shared, accountId: number };
  return {
    commandId,
    type: TYPES[kind],
    input: counterparty === undefined ? input : { ...input, counterparty },
  };
}

function toMinor(amount: number, currency: string): bigint {
  return BigInt(amount) * 10n ** BigInt(currencyDigits(currency));
}
