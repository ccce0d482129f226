import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#lib/money.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { type DemoCommand, planDemoBank } from './plan-demo-bank.ts';

const endsAt = '2026-05-14T13:37:00.000Z';
const commands = planDemoBank(endsAt);

describe('the demo bank', () => {
  it('is the same every time, and shifts with the day', () => {
    expect(planDemoBank(endsAt)).toEqual(commands);
    const nextDay = planDemoBank('2026-05-15T13:37:00.000Z');
    const withoutTime = ({ commandId, verb, input: { bookedAt, ...input } }: DemoCommand) => ({
      commandId,
      verb,
      input,
    });
    expect(nextDay.map(withoutTime)).toEqual(commands.map(withoutTime));
    expect(nextDay).not.toEqual(commands);
  });

  it('is small, believable and in five currencies', () => {
    const events = commands.reduce((sum, { verb }) => sum + (verb === 'transfer' ? 2 : 1), 0);
    expect(events).toBeGreaterThan(350);
    expect(events).toBeLessThan(550);
    const currencies = new Set(Object.values(DEMO_ACCOUNTS).map(({ currency }) => currency));
    expect([...currencies].sort()).toEqual(['CZK', 'EUR', 'JPY', 'KWD', 'USD']);
    expect(commands.filter(({ verb }) => verb === 'open')).toHaveLength(12);
  });

  it('has one command id per command, and times that never run backwards or past the end', () => {
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length);
    const times = commands.flatMap(({ verb, input }) =>
      verb === 'open' || input.bookedAt === undefined ? [] : [input.bookedAt],
    );
    expect(times).toEqual([...times].sort());
    expect(times.every((time) => time < endsAt)).toBe(true);
    expect(times.some((time) => time.startsWith('2026-05-14'))).toBe(true);
  });

  it('ends with one account overdrawn, and one closed at zero', () => {
    const balances = fold();
    const overdrawn = Object.values(DEMO_ACCOUNTS).filter(
      ({ number }) => (balances.get(number) ?? 0n) < 0n,
    );
    expect(overdrawn.map(({ owner }) => owner)).toEqual(['Eva Nováková']);
    const closed = commands.filter(({ verb }) => verb === 'close');
    expect(closed.map(({ input }) => balances.get(input.accountId ?? ''))).toEqual([0n]);
  });
});

function fold(): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  const add = (account = '', amount: bigint) =>
    balances.set(account, (balances.get(account) ?? 0n) + amount);
  for (const { verb, input } of commands) {
    const amount = parseDecimal(input.amount ?? '0', input.currency ?? '');
    if (typeof amount !== 'bigint') {
      throw new Error(amount.problem);
    }
    if (verb === 'deposit') {
      add(input.accountId, amount);
    } else if (verb === 'withdraw') {
      add(input.accountId, -amount);
    } else if (verb === 'transfer') {
      add(input.fromAccountId, -amount);
      add(input.toAccountId, amount);
    }
  }
  return balances;
}
