import { afterAll, describe, expect, it } from 'vitest';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import type { CommandContext } from './command-context.ts';

const dynamo = await createTestDynamo();
const bank = createTestWriteSide(dynamo);

afterAll(() => dynamo.close());

type Attempt = {
  readonly from: string;
  readonly to: string;
  readonly cents: bigint;
  readonly ctx: CommandContext;
};

/** 200 transfers in a pattern in which every pair meets, and money runs out at times. */
function plan(accountIds: readonly string[], handlers: readonly CommandContext['handler'][]) {
  return Array.from({ length: 200 }, (_, index): Attempt => {
    const at = (offset: number) => accountIds[offset % accountIds.length] ?? '';
    const handler = handlers[index % handlers.length] ?? bank.handler;
    return {
      from: at(index),
      to: at(index + 1 + (index % 4)),
      cents: BigInt(1 + ((index * 37) % 900)),
      ctx: bank.context({ handler, commandId: `${accountIds[0]}-${index}` }),
    };
  });
}

const send = ({ from, to, cents, ctx }: Attempt): Promise<CommandResult> =>
  runCommand(ctx, transfer, {
    fromAccountId: from,
    toAccountId: to,
    amount: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
    currency: 'EUR',
  });

describe.each([1, 4])('200 transfers at once among 5 accounts, through %d handlers', (count) => {
  it('apply every accepted one once, and none of the others', async () => {
    const accountIds = await Promise.all(Array.from({ length: 5 }, () => bank.openFresh()));
    for (const accountId of accountIds) {
      await runCommand(bank.context(), deposit, { accountId, amount: '10', currency: 'EUR' });
    }
    const handlers = Array.from({ length: count }, () => createTestWriteSide(dynamo).handler);
    const attempts = plan(accountIds, handlers);
    const results = await Promise.allSettled(attempts.map(send));

    const accepted = attempts.filter((_, index) => results[index]?.status === 'fulfilled');
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason.code] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['OVERDRAFT_LIMIT_EXCEEDED']));
    expect(accepted.length).toBeGreaterThan(100);

    let total = 0n;
    for (const accountId of accountIds) {
      const events = await bank.store.read(`account#${accountId}`);
      expect(events.map(({ eventSequence }) => eventSequence)).toEqual(
        events.map((_, index) => index + 1),
      );
      const { state } = await loadAccount(bank.store, accountId);
      const balance = state.status === 'unopened' ? -1n : state.balance;
      const net = accepted.reduce(
        (sum, { from, to, cents }) =>
          sum + (to === accountId ? cents : 0n) - (from === accountId ? cents : 0n),
        10_00n,
      );
      expect(balance).toBe(net);
      expect(balance >= 0n).toBe(true);
      total += balance;

      const ids = (type: string) =>
        events.filter(({ eventType }) => eventType === type).map((event) => event.causationId);
      const sent = accepted.filter(({ from }) => from === accountId);
      const received = accepted.filter(({ to }) => to === accountId);
      const idsOf = (list: Attempt[]) => list.map(({ ctx }) => ctx.commandId).sort();
      expect(ids('TransferSent').sort()).toEqual(idsOf(sent));
      expect(ids('TransferReceived').sort()).toEqual(idsOf(received));
    }
    expect(total).toBe(50_00n);

    const again = await Promise.all(accepted.map(send));
    expect(again.every(({ duplicate }) => duplicate)).toBe(true);
    await Promise.all(handlers.map((handler) => handler.close()));
  });
});
