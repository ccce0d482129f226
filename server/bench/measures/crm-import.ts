import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMapping } from '#lib/modules/crm/field-mapping.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type ImportTally, importMessages } from '#server/modules/crm/ops/import-messages.ts';
import { toCanonicalJson } from '#server/modules/crm/views/canonical-json.ts';
import { crmClients } from '#server/modules/crm/views/crm-entities-table.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { IMPORT_CACHE } from '#server/runtime/commands/state-cache.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { secondsOf } from '../compare.ts';
import { type CrmChanges, type CrmRecord, makeCrmChanges } from '../crm-changes.ts';
import type { Result } from '../result.ts';
import { toSpread } from '../statistics.ts';
import { until } from '../until.ts';
import { type Stores, withStores } from '../with-stores.ts';

/** The views of so many changes take their time on a machine that is busy otherwise. */
const SETTLE_MS = 3_600_000;

/**
 * Change events a second by `ops crm-import`, beside a worker. They come shuffled, one in ten twice; then
 * every row of the view is compared with what the CRM holds, which no code of the module has folded. Throws
 * UNEXPECTED where a row is another one.
 */
export async function measureCrmImport(
  { env, startWorker }: BenchInstance,
  { changes = 200_000, records = 20_000 } = {},
): Promise<Result> {
  const stream = makeCrmChanges(records, changes);
  return withStores(env, async (stores) => {
    const worker = await startWorker();
    const before = process.cpuUsage();
    const { messages, recorded, seconds } = await importAll(stores, stream);
    const { user, system } = process.cpuUsage(before);
    if (recorded !== changes) {
      throw new PlayheadError('UNEXPECTED', `${recorded} changes were kept of ${changes}.`);
    }
    const { db } = stores.postgres;
    const settling = await secondsOf(() =>
      until('the views', () => isCaughtUp(stores, changes), SETTLE_MS),
    );
    await worker.stop();
    const different = await countDifferent(db, stream.records);
    if (different > 0) {
      throw new PlayheadError('UNEXPECTED', `${different} of ${records} rows are different.`);
    }
    const rate = messages / seconds;
    const figures = [
      { label: '', unit: 'events/s', figure: rate },
      { label: 'processor time of the import', unit: 's', figure: (user + system) / 1e6 },
      { label: 'views behind it', unit: 's', figure: settling },
      { label: 'rows different', unit: '', figure: different },
    ];
    return {
      name: 'crm-import',
      title: `Import of ${messages} change events, ${changes} different ones of ${records} records`,
      figures: figures.map(({ figure, ...named }) => ({ ...named, ...toSpread([figure]) })),
      against: [],
      ratio: null,
      limits: [{ label: '', value: rate, unit: 'events/s', bound: 'at least', limit: 2_000 }],
    };
  });
}

/** As the command line does it: the same store, the same handler. */
async function importAll(
  { dynamo, registry }: Stores,
  { lines }: CrmChanges,
): Promise<ImportTally> {
  const directory = await mkdtemp(join(tmpdir(), 'playhead-bench-crm-'));
  try {
    const path = join(directory, 'changes.jsonl');
    await writeFile(path, lines.join('\n'));
    const store = createEventStore(dynamo, registry.aggregates, { appendsTogether: true });
    const onSnapshotError = () => {};
    const now = () => new Date();
    const handler = createCommandHandler({ store, now, onSnapshotError, cacheSize: IMPORT_CACHE });
    const importer = { handler, actor: 'bench' };
    const tally = await importMessages(importer, path, new AbortController().signal);
    await handler.close();
    return tally;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function isCaughtUp({ postgres, registry }: Stores, events: number): Promise<boolean> {
  const { head, projections } = await getProjectionLag(postgres.db, registry.views);
  return head >= events && projections.every(({ eventsBehind }) => eventsBehind === 0);
}

async function countDifferent(db: Db, records: ReadonlyMap<string, CrmRecord>): Promise<number> {
  const rows = await db.select().from(crmClients);
  const found = new Map(rows.map((row) => [row.recordId, row]));
  const different = [...records].filter(([recordId, { values, isDeleted, needsReading }]) => {
    const row = found.get(recordId);
    const known = { ...values, Id: recordId, IsDeleted: isDeleted };
    return (
      row?.values !== toCanonicalJson(applyMapping(MAPPINGS.Account, known).values) ||
      row.isDeleted !== isDeleted ||
      row.needsReading !== needsReading
    );
  });
  return different.length + rows.filter(({ recordId }) => !records.has(recordId)).length;
}
