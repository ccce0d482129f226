import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';

/** How many commands a bench has under way. */
export const AT_ONCE = 16;

/** Coprime to the numbers of accounts: 16 commands in a row are of 16 accounts. */
const STRIDE = 7_919;

/** Which account the command `index` is of. */
export function toAccountIndex(index: number, accounts: number): number {
  return (index * STRIDE) % accounts;
}

/** Does `count` pieces of work, 16 at once, each begun in its turn. */
export async function doAll(
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  const atOnce = pLimit(AT_ONCE);
  await atOnce.map(Array.from({ length: count }).keys(), work);
}

/**
 * Opens accounts by the command handler, and deposits to them, one after another in rounds. `close`
 * throws what went wrong in the background.
 */
export async function createDepositor(store: EventStore, accounts: number) {
  const failures: unknown[] = [];
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (error) => failures.push(error),
  });
  const context = () => ({ handler, actor: 'bench', commandId: randomUUID() });
  const open = (prefix: string) =>
    doAll(accounts, (index) => {
      const facts = { owner: 'Ada', currency: 'EUR', overdraftLimit: '0' };
      return runCommand(context(), openAccount, { number: `${prefix}${index}`, ...facts });
    });
  let sent = 0;
  await open('P');
  return {
    /** As many accounts more, for others to deposit to: `<prefix><index>`. */
    open,
    deposit: async (count: number): Promise<void> => {
      const first = sent;
      sent += count;
      await doAll(count, (index) => {
        const accountId = `P${toAccountIndex(first + index, accounts)}`;
        return runCommand(context(), deposit, { accountId, amount: '12.34', currency: 'EUR' });
      });
    },
    close: async (): Promise<void> => {
      await handler.close();
      if (failures.length > 0) {
        throw failures[0];
      }
    },
  };
}
