import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { accounts as accountsTable } from '#server/modules/bank/views/accounts/accounts-table.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import {
  createNotifications,
  type NotificationSource,
} from '#server/runtime/platform/notifications.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { waitForProjection } from '#server/runtime/views/wait-for.ts';
import type { BenchInstance } from '../bench-instance.ts';
import type { Result } from '../result.ts';
import { percentile, toSpread } from '../statistics.ts';
import { withStores } from '../with-stores.ts';

const PER_SECOND = 100;
const WAIT_MS = 30_000;

/**
 * Deposits at a steady rate, whatever becomes of those before, while a worker runs as a process of
 * its own. Each is timed from the moment it should be issued to the moment a read of the account's
 * row that waited for its event (`consistency=wait`) has the new balance.
 */
export async function measureWriteToVisible(
  { env, startWorker }: BenchInstance,
  { seconds = 10, accounts = 200, rounds = 3 } = {},
): Promise<Result> {
  return withStores(env, async ({ store, postgres }) => {
    const handler = createCommandHandler({
      store,
      now: () => new Date(),
      onSnapshotError: () => {},
    });
    const reader = { handler, db: postgres.db, notifications: createNotifications(postgres) };
    const worker = await startWorker();
    for (let index = 0; index < accounts; index += 1) {
      const facts = { owner: 'Ada', currency: 'EUR', overdraftLimit: '0' };
      const context = { handler, actor: 'bench', commandId: randomUUID() };
      await runCommand(context, openAccount, { number: `P${index}`, ...facts });
    }
    const measured: number[][] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const milliseconds = await runRound(reader, seconds * PER_SECOND, accounts);
      if (round > 0) {
        measured.push(milliseconds);
      }
    }
    await handler.close();
    await worker.stop();
    const p50 = toSpread(measured.map((round) => percentile(round, 0.5)));
    const p99 = toSpread(measured.map((round) => percentile(round, 0.99)));
    return {
      name: 'write-to-visible',
      title: `From a command to its effect in a view, at ${PER_SECOND} commands/s`,
      figures: [
        { label: 'p50', unit: 'ms', ...p50 },
        { label: 'p99', unit: 'ms', ...p99 },
      ],
      against: [],
      ratio: null,
      limits: [
        { label: 'p50', value: p50.median, unit: 'ms', bound: 'at most', limit: 25 },
        { label: 'p99', value: p99.median, unit: 'ms', bound: 'at most', limit: 500 },
      ],
    };
  });
}

type Reader = {
  readonly handler: CommandHandler;
  readonly db: Db;
  readonly notifications: NotificationSource;
};

/** One deposit every hundredth of a second, each in its turn; answers each one's milliseconds. */
async function runRound(reader: Reader, commands: number, accounts: number): Promise<number[]> {
  const start = performance.now();
  const seen: Promise<number>[] = [];
  for (let index = 0; index < commands; index += 1) {
    const due = start + (index * 1_000) / PER_SECOND;
    await sleep(Math.max(0, due - performance.now()));
    const visible = depositAndSee(reader, `P${index % accounts}`);
    seen.push(visible.then(() => performance.now() - due));
  }
  return Promise.all(seen);
}

async function depositAndSee({ handler, db, notifications }: Reader, accountId: string) {
  const context = { handler, actor: 'bench', commandId: randomUUID() };
  const { tokens } = await runCommand(context, deposit, {
    accountId,
    amount: '1.00',
    currency: 'EUR',
  });
  const sequence = tokens[0]?.sequence ?? 0;
  const token = { aggregateId: toAccountAggregateId(accountId), sequence };
  await waitForProjection({ db, notifications }, 'accounts', token, WAIT_MS);
  const [row] = await db
    .select({ version: accountsTable.version })
    .from(accountsTable)
    .where(eq(accountsTable.accountId, accountId));
  if (row === undefined || row.version < sequence) {
    throw new PlayheadError('UNEXPECTED', `Event ${sequence} of ${accountId} is not in its row.`);
  }
}
