import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import type { Registry } from '#server/runtime/registry.ts';

const ACTOR = 'demo';

/** Commands on their way at one time; those of one aggregate go one after another all the same. */
const CONCURRENCY = 16;

/** So it was called when there was a bank only. */
const PROGRESS_FILE = 'demo-bank.json';

const progressSchema = z.object({ endsAt: z.iso.datetime(), isFinished: z.boolean() });
type Progress = z.infer<typeof progressSchema>;

type DemoRegistry = Pick<Registry, 'modules' | 'commands'>;

/**
 * Fills an empty event store with every module's demo through the command path: commands with a time in
 * its order, for one module's may need what another's did. When it was cut off, the next call goes on with the same commands, which do nothing where they were done. A
 * store with anything else in it is left alone.
 */
export async function openDemo(
  store: EventStore,
  registry: DemoRegistry,
  dataDir: string,
  report: Report,
): Promise<void> {
  const file = join(dataDir, PROGRESS_FILE);
  const begun = await readProgress(file);
  if (begun?.isFinished || (begun === undefined && !(await isEmpty(store)))) {
    return;
  }
  const progress = begun ?? { endsAt: new Date().toISOString(), isFinished: false };
  await writeFile(file, JSON.stringify(progress));
  const startedAt = Date.now();
  const commands = registry.modules.flatMap(({ demo }) => demo?.(progress.endsAt) ?? []);
  const timed = commands.filter(({ at }) => at !== undefined);
  const byTime = timed.sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  const untimed = commands.filter(({ at }) => at === undefined);
  await send(store, registry, untimed, CONCURRENCY);
  // The clock is turned for each.
  await send(store, registry, byTime, 1);
  await writeFile(file, JSON.stringify({ ...progress, isFinished: true } satisfies Progress));
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  report(`Demo: opened with ${commands.length} commands in ${seconds} s`);
}

async function send(
  store: EventStore,
  { commands: registered }: DemoRegistry,
  commands: readonly DemoCommand[],
  concurrency: number,
): Promise<void> {
  let now = new Date();
  const handler = createCommandHandler({
    store,
    now: () => now,
    // A missing snapshot costs a slower load, and the next one is written all the same.
    onSnapshotError: () => {},
  });
  const limit = pLimit(concurrency);
  // Started in order, and the handler keeps the order within an aggregate.
  const sent = commands.map(({ commandId, type, input, at, actor = ACTOR }) =>
    limit(async () => {
      const command = registered.get(type);
      if (command === undefined) {
        throw new Error(`The demo's command ${commandId} is of the unknown type ${type}.`);
      }
      now = at === undefined ? new Date() : new Date(at);
      const origin = { actor, commandId, correlationId: commandId };
      await runCommand({ handler, ...origin }, command, input);
    }),
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
