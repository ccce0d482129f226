import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { closeAccount } from '#server/commands/close-account.ts';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { transfer } from '#server/commands/transfer.ts';
import { withdraw } from '#server/commands/withdraw.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Report } from '../report.ts';
import { type DemoCommand, planDemoBank } from './plan-demo-bank.ts';

const ACTOR = 'demo';

/** Commands on their way at one time; those of one account go one after another all the same. */
const CONCURRENCY = 16;

const VERBS = { open: openAccount, deposit, withdraw, transfer, close: closeAccount };

const progressSchema = z.object({ endsAt: z.iso.datetime(), isFinished: z.boolean() });
type Progress = z.infer<typeof progressSchema>;

/**
 * Fills an empty event store with the demo bank, through the command path. When it was cut off, the
 * next call goes on with the same commands, which do nothing where they were done. A store with
 * anything else in it is left alone.
 */
export async function openDemoBank(
  store: EventStore,
  dataDir: string,
  report: Report,
): Promise<void> {
  const file = join(dataDir, 'demo-bank.json');
  const begun = await readProgress(file);
  if (begun?.isFinished || (begun === undefined && !(await isEmpty(store)))) {
    return;
  }
  const progress = begun ?? { endsAt: new Date().toISOString(), isFinished: false };
  await writeFile(file, JSON.stringify(progress));
  const startedAt = Date.now();
  const commands = planDemoBank(progress.endsAt);
  await send(store, commands);
  await writeFile(file, JSON.stringify({ ...progress, isFinished: true } satisfies Progress));
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  report(`Demo bank: opened with ${commands.length} commands in ${seconds} s`);
}

async function send(store: EventStore, commands: readonly DemoCommand[]): Promise<void> {
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    // A missing snapshot costs a slower load, and the next one is written all the same.
    onSnapshotError: () => {},
  });
  const limit = pLimit(CONCURRENCY);
  // Started in order, and the handler keeps the order within an account.
  const sent = commands.map(({ commandId, verb, input }) =>
    limit(() => VERBS[verb]({ handler, actor: ACTOR, commandId, correlationId: commandId }, input)),
  );
  await Promise.all(sent);
  await handler.close();
}

async function isEmpty(store: EventStore): Promise<boolean> {
  for await (const events of store.scan()) {
    if (events.length > 0) {
      return false;
    }
  }
  return true;
}

async function readProgress(file: string): Promise<Progress | undefined> {
  try {
    return progressSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
