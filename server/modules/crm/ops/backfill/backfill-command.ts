import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { CRM_ENTITIES, type EntityName, findEntity } from '#lib/modules/crm/entities.ts';
import { toRecordId } from '#lib/modules/crm/record-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createPreviewHandler } from '#server/runtime/commands/create-preview-handler.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { ACTOR } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { requireKindOf } from '../../queries/entity-kinds.ts';
import { requireFile } from '../require-file.ts';
import { type BackfillTally, backfill, emptyTally } from './backfill.ts';
import { readExport } from './read-export.ts';
import { readRest } from './read-rest.ts';
import { parseSalesforceSettings } from './salesforce-settings.ts';

const NAMES = CRM_ENTITIES.map(({ entityName }) => entityName);

const inputSchema = z.object({
  entity: z.enum(NAMES, `crm-backfill is of ${NAMES.join(', ')}.`),
  export: z.string().optional(),
  after: z
    .string()
    .transform((text, ctx) => {
      const id = toRecordId(text);
      if (id === undefined) {
        ctx.addIssue({ code: 'custom', message: '--after is a record’s id.' });
        return z.NEVER;
      }
      return id;
    })
    .optional(),
  needed: z.boolean().default(false),
  perSecond: z.coerce.number().min(0.01).max(50),
  dryRun: z.boolean().default(false),
});

/** So many ids are asked for in one query. */
const IDS_AT_ONCE = 200;

/** `crm-backfill`: reads records of a kind from Salesforce, or from an export. */
export const backfillCommand = defineOpsCommand({
  usage: 'crm-backfill <entity>',
  mayBegin: true,
  summary: 'read records of the CRM from its REST API or from an export',
  options: [
    { flags: '--export <file>', description: 'JSON lines, or CSV with the fields’ names (.csv)' },
    { flags: '--needed', description: 'only records that must be read (gaps)' },
    { flags: '--after <id>', description: 'go on behind this record (REST API)' },
    { flags: '--per-second <n>', description: 'requests a second, at most', fallback: '2' },
    { flags: '--dry-run', description: 'say what would come of it, and write nothing' },
  ],
  details: `Entities: ${NAMES.join(', ')}. The REST API is found by SALESFORCE_INSTANCE_URL and
SALESFORCE_ACCESS_TOKEN. Each record is kept as of its SystemModstamp: what is newer stays, changes that arrive
meanwhile among it, and what is known already is not written again. Ctrl-C stops behind a batch.

With --json, one object: read, recorded, known, refused, refusals (the first 100: record, reason), last (the id to
go on behind with --after), stopped. Exit code 1 when a record was refused or it was stopped.`,
  input: inputSchema,
  run: async (ctx, input, io) => {
    if (input.export !== undefined) {
      await requireFile(input.export);
    }
    const handler = input.dryRun ? createPreviewHandler(ctx) : ctx.handler;
    const tally = emptyTally();
    const options = {
      entityName: input.entity,
      signal: io.signal,
      onProgress: (read: number) => io.progress.write(`${read} read\n`),
    };
    try {
      await backfill({ handler, actor: ACTOR }, toSource(ctx, input, io), options, tally);
    } catch (error) {
      // Where another one can go on is not lost with what went wrong.
      await io.print(io.json ? toJson(tally) : toText(tally, input.dryRun));
      throw error;
    }
    await io.print(io.json ? toJson(tally) : toText(tally, input.dryRun));
    return tally.refused > 0 || tally.stopped ? EXIT_FAILED : 0;
  },
});

async function* toSource(
  { db }: OpsContext,
  { entity: entityName, export: path, after, needed, perSecond }: z.output<typeof inputSchema>,
  { signal }: OpsIo,
): AsyncGenerator<string> {
  if (path !== undefined) {
    yield* readExport(path);
    return;
  }
  const settings = parseSalesforceSettings(process.env);
  const wanted = needed ? await listNeeded(db, entityName) : undefined;
  const portions = wanted === undefined ? [undefined] : toPortions(wanted);
  for (const ids of portions) {
    const query = { entityName, after, perSecond, signal, ...(ids ? { ids } : {}) };
    for await (const { records } of readRest(settings, query)) {
      yield* records;
    }
  }
}

/** The records of which something changed that no event said. */
async function listNeeded(db: OpsContext['db'], entityName: EntityName): Promise<string[]> {
  const entity = findEntity(entityName);
  if (entity === undefined) {
    throw new PlayheadError('INVALID_INPUT', `Records of ${entityName} are not kept here.`);
  }
  const { table } = requireKindOf(entity.plural);
  const rows = await db
    .select({ recordId: table.recordId })
    .from(table)
    .where(sql`${table.needsReading}`)
    .orderBy(table.recordId);
  return rows.map(({ recordId }) => recordId);
}

function toPortions(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, index) =>
    ids.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE),
  );
}

function toText(
  { read, recorded, known, refused, refusals, last, stopped }: BackfillTally,
  dry: boolean,
) {
  return [
    `${read} records read: ${recorded} ${dry ? 'would be recorded' : 'recorded'}, ${known} known already, ${refused} refused.`,
    ...refusals.map(({ record, reason }) => `record ${record}: ${reason}`),
    ...(stopped && last !== null ? [`Stopped. Go on with --after ${last}.`] : []),
  ].join('\n');
}
