import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { needsFourEyes } from '#lib/modules/bank/transfer-policy.ts';
import { parseDecimal } from '#lib/money.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { planDemoBank } from './plan-demo-bank.ts';

const endsAt = '2026-05-14T13:37:00.000Z';
const commands = planDemoBank(endsAt);
const textOf = ({ input }: DemoCommand, name: string) => z.string().optional().parse(input[name]);

describe('the demo bank', () => {
  it('is the same every time, and shifts with the day', () => {
    expect(planDemoBank(endsAt)).toEqual(commands);
    const nextDay = planDemoBank('2026-05-15T13:37:00.000Z');
    const withoutTime = ({ commandId, type, input: { bookedAt, ...input } }: DemoCommand) => ({
      commandId,
      type,
      input,
    });
    expect(nextDay.map(withoutTime)).toEqual(commands.map(withoutTime));
    expect(nextDay).not.toEqual(commands);
  });

  it('is small, believable and in five currencies', () => {
    const events = commands.reduce((sum, { type }) => sum + (type === 'Transfer' ? 2 : 1), 0);
    expect(events).toBeGreaterThan(350);
    expect(events).toBeLessThan(550);
    const currencies = new Set(Object.values(DEMO_ACCOUNTS).map(({ currency }) => currency));
    expect([...currencies].sort()).toEqual(['CZK', 'EUR', 'JPY', 'KWD', 'USD']);
    expect(commands.filter(({ type }) => type === 'OpenAccount')).toHaveLength(12);
  });

  it('has one command id per command, and times that never run backwards or past the end', () => {
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length);
    const times = commands.flatMap((command) =>
      command.type === 'OpenAccount' ? [] : (textOf(command, 'bookedAt') ?? []),
    );
    expect(times).toEqual([...times].sort());
    expect(times.every((time) => time < endsAt)).toBe(true);
    expect(times.some((time) => time.startsWith('2026-05-14'))).toBe(true);
  });

  it('proposes what is large enough for that, and declines all but one', () => {
    const asked = commands.filter(({ type, input }) => type === 'Transfer' && !input.bookedAt);
    expect(asked.map((command) => textOf(command, 'amount'))).toEqual([
      '15000.00',
      '260000.00',
      '12000.00',
    ]);
    for (const command of asked) {
      const currency = textOf(command, 'currency') ?? '';
      const amount = parseDecimal(textOf(command, 'amount') ?? '', currency);
      expect(typeof amount === 'bigint' && needsFourEyes(amount, currency)).toBe(true);
    }
    expect(commands.filter(({ type }) => type === 'DeclineTransfer')).toHaveLength(2);
  });

  it('ends with one account overdrawn, and one closed at zero', () => {
    const balances = fold();
    const overdrawn = Object.values(DEMO_ACCOUNTS).filter(
      ({ number }) => (balances.get(number) ?? 0n) < 0n,
    );
    expect(overdrawn.map(({ owner }) => owner)).toEqual(['Eva Nováková']);
    const closed = commands.filter(({ type }) => type === 'CloseAccount');
    expect(closed.map((command) => balances.get(textOf(command, 'accountId') ?? ''))).toEqual([0n]);
  });
});

function fold(): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  const add = (account = '', amount: bigint) =>
    balances.set(account, (balances.get(account) ?? 0n) + amount);
  for (const command of commands.filter(
    ({ commandId }) => !commandId.startsWith('demo-propose-'),
  )) {
    const { type } = command;
    const amount = parseDecimal(
      textOf(command, 'amount') ?? '0',
      textOf(command, 'currency') ?? '',
    );
    if (typeof amount !== 'bigint') {
      throw new Error(amount.problem);
    }
    if (type === 'Deposit') {
      add(textOf(command, 'accountId'), amount);
    } else if (type === 'Withdraw') {
      add(textOf(command, 'accountId'), -amount);
    } else if (type === 'Transfer') {
      add(textOf(command, 'fromAccountId'), -amount);
      add(textOf(command, 'toAccountId'), amount);
    }
  }
  return balances;
}
