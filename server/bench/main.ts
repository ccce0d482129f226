import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import { ROOT } from '#server/local/launcher-settings.ts';
import { replaceTable, toTable } from './benchmark-table.ts';
import { getMachineFacts } from './machine-facts.ts';
import { measureCommandGrowth } from './measures/command-growth.ts';
import { measureCommands } from './measures/commands.ts';
import { measureCrmImport } from './measures/crm-import.ts';
import { measureHotViews } from './measures/hot-views.ts';
import { measureJournalCatchUp } from './measures/journal-catch-up.ts';
import { measureProjections } from './measures/projections.ts';
import { measureQueriesAtScale } from './measures/queries-at-scale.ts';
import { measureRebuild } from './measures/rebuild.ts';
import { measureRest } from './measures/rest.ts';
import { measureStateAt } from './measures/state-at.ts';
import { measureWorkerMemory } from './measures/worker-memory.ts';
import { measureWriteToVisible } from './measures/write-to-visible.ts';
import { type Measure, runMeasures } from './run-measures.ts';

const GROWTH = 'command-growth';
const AT_SCALE = 'queries-at-scale';
const CRM_IMPORT = 'crm-import';

/** Those that take long are measured only when they are named. */
const BY_NAME = new Set([AT_SCALE, CRM_IMPORT]);

const MEASURES = new Map<string, Measure>([
  ['commands', measureCommands],
  [GROWTH, measureCommandGrowth],
  ['journal-catch-up', measureJournalCatchUp],
  ['projections', measureProjections],
  ['rebuild', measureRebuild],
  ['hot-views', measureHotViews],
  ['write-to-visible', measureWriteToVisible],
  ['rest', measureRest],
  ['state-at', measureStateAt],
  ['worker-memory', measureWorkerMemory],
  [AT_SCALE, measureQueriesAtScale],
  [CRM_IMPORT, measureCrmImport],
]);

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const FIGURES = join(ROOT, 'docs', 'benchmarks.json');

// Which Node this runs on was decided in package.json: not a matter for every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const only = new Option('--only <measure>', 'this one only, and nothing is written');
const program = new Command('bench')
  .description('Measures Playhead against bare loops, and writes docs/benchmarks.md and .json')
  .addOption(only.choices([...MEASURES.keys()]))
  .option('--commands <number>', `how many commands lie behind the measured ones of ${GROWTH}`)
  .option('--events <number>', `how many events ${AT_SCALE} fills the journal with`)
  .option('--accounts <number>', `of how many accounts; each has as many of them`)
  .option('--changes <number>', `how many changes ${CRM_IMPORT} imports`)
  .option('--records <number>', `of how many records`)
  .action(({ only: name, commands, events, accounts, changes, records }: Options) => {
    const stream = crmSizeSchema.parse({ changes, records });
    MEASURES.set(CRM_IMPORT, (instance) => measureCrmImport(instance, stream));
    const size = sizeSchema.parse({ events, accounts });
    MEASURES.set(AT_SCALE, (instance) => measureQueriesAtScale(instance, size));
    if (commands !== undefined) {
      const history = { commands: z.coerce.number().int().min(1).parse(commands) };
      MEASURES.set(GROWTH, (instance) => measureCommandGrowth(instance, history));
    }
    return bench(name);
  });

type Options = {
  only?: string;
  commands?: string;
  events?: string;
  accounts?: string;
  changes?: string;
  records?: string;
};

const numberSchema = z.coerce.number().int().min(1);
const crmSizeSchema = z.object({
  changes: numberSchema.default(200_000),
  records: numberSchema.default(20_000),
});
const sizeSchema = z
  .object({ events: numberSchema.default(10_000_000), accounts: numberSchema.default(1_000_000) })
  .refine(({ events, accounts }) => events % accounts === 0 && events / accounts >= 2, {
    message: 'There must be a whole number of events for each account, two at least.',
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  console.error(isPlayheadError(error) ? error.message : error);
}
// What a measure that was cut off left under way must not keep the process.
process.exit();

async function bench(name: string | undefined): Promise<void> {
  const stopping = new AbortController();
  const stopped = new PlayheadError('UNEXPECTED', 'Stopped: nothing was written.');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort(stopped));
  }
  const startedAt = new Date().toISOString();
  const machine = getMachineFacts();
  const measures = [...MEASURES].filter(([each]) =>
    name === undefined ? !BY_NAME.has(each) : each === name,
  );
  const results = await runMeasures(
    measures.map(([, measure]) => measure),
    {
      signal: stopping.signal,
      onResult: (result) => console.log(toTable([result]).at(-1)),
    },
  );
  if (name === undefined) {
    const benchmark = { startedAt, machine, results };
    await writeFile(DOCUMENT, replaceTable(await readFile(DOCUMENT, 'utf8'), benchmark));
    await writeFile(FIGURES, `${JSON.stringify(benchmark, null, 2)}\n`);
  }
}
