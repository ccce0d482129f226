import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { COST_ASSUMPTIONS, estimateCost } from '#server/runtime/archive/estimate-cost.ts';
import { requireArchive } from '#server/runtime/archive/open-archive.ts';
import { removeArchived } from '#server/runtime/archive/remove-archived.ts';
import { restoreArchive } from '#server/runtime/archive/restore-archive.ts';
import { type ArchiveRun, runArchive } from '#server/runtime/archive/run-archive.ts';
import { verifyArchive } from '#server/runtime/archive/verify-archive.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { recordOperatorAction } from '#server/runtime/views/record-operator-action.ts';

const ACTIONS = ['plan', 'run', 'verify', 'restore', 'remove'] as const;
const DAY_MS = 86_400_000;

const inputSchema = reasonSchema.extend({
  action: z.enum(ACTIONS, `archive does ${ACTIONS.join(', ')}.`),
  before: z.iso.date('--before is a day: 2026-01-31.').optional(),
  continue: z.boolean().default(false),
});

type Input = z.output<typeof inputSchema>;

/** `archive`: old events in S3, or a directory. */
export const archiveCommand = defineOpsCommand({
  usage: 'archive <action>',
  summary:
    'copy old events to S3 or a directory, check them, restore them, take them out of DynamoDB',
  options: [
    {
      flags: '--before <day>',
      description:
        'archive events before this day, in UTC (else those older than ARCHIVE_AFTER_DAYS)',
    },
    { flags: '--continue', description: 'restore: add what is missing to a store that has events' },
    reasonOption,
  ],
  details: `The archive is where ARCHIVE_URL says: s3://bucket/prefix, or file:///directory.

plan: what a run would archive, and what that costs; nothing is written.

run: archives what is not in the archive yet: events before the day, and closed aggregates as a whole.
Nothing is taken out of DynamoDB. With --json, plan and run answer one object: dryRun, before, manifest (its
key; null where nothing was archived), aggregates, closed, events, commands (records of commands), left (items
that are old enough and no whole history leads to), objects, bytes (uncompressed), compressedBytes,
storeBytes, and with plan cost (US dollars) and assumptions.

verify: reads the whole archive back and compares it with its manifests and with DynamoDB. With --json, one
object: runs, objects, events, compared, removed, different, problems (the first 100: object, problem). Exit
code 1 when something differs.

restore: puts every event back into an empty event store. With --json, one object: events, present, commands.

remove: takes archived events out of DynamoDB, within an hour after a verify without a difference; --reason
must be given. The newest event of each aggregate stays, and a snapshot is written. With --json, one object:
aggregates, removed, kept (aggregates that stay whole, because this program cannot fold them).`,
  input: inputSchema,
  run: (ctx, input, io) => {
    switch (input.action) {
      case 'plan':
      case 'run':
        return archive(ctx, input, io);
      case 'verify':
        return verify(ctx, io);
      case 'restore':
        return restore(ctx, input, io);
      case 'remove':
        return remove(ctx, input, io);
    }
  },
});

async function archive(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const oldest = new Date(ctx.now().getTime() - ctx.archiveAfterDays * DAY_MS);
  const before = input.before ?? oldest.toISOString().slice(0, 10);
  const isDryRun = input.action === 'plan';
  const deps = { ...toDeps(ctx), aggregates: ctx.store.aggregates };
  const run = await runArchive(deps, { before, isDryRun, signal: io.signal });
  const { objects, uncompressedBytes, ...rest } = run;
  const compressedBytes = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  const facts = { ...rest, objects: objects.length, bytes: uncompressedBytes, compressedBytes };
  const cost = estimateCost(run, run.storeBytes);
  if (!isDryRun && run.manifest !== null) {
    await recordOperatorAction(ctx.db, toOperator(input), 'archive-run', 'events', facts);
  }
  const estimate = isDryRun ? { cost, assumptions: COST_ASSUMPTIONS } : {};
  await io.print(
    io.json
      ? toJson({ dryRun: isDryRun, ...facts, ...estimate })
      : toRunText(facts, isDryRun, isDryRun ? toCostText(cost) : []),
  );
  return 0;
}

type RunFacts = Omit<ArchiveRun, 'objects' | 'uncompressedBytes'> & {
  readonly objects: number;
  readonly bytes: number;
  readonly compressedBytes: number;
};

function toRunText(facts: RunFacts, isDryRun: boolean, more: readonly string[]): string {
  const { before, events, aggregates, closed, commands, objects, left } = facts;
  if (events === 0) {
    return `There is nothing to archive before ${before} that is not in the archive.`;
  }
  const verb = isDryRun ? 'Would archive' : 'Archived';
  return [
    `${verb} ${events} events of ${aggregates} aggregates before ${before}, ${closed} of them closed ones as a whole, and ${commands} records of commands:`,
    `${objects} objects, ${facts.bytes} bytes, compressed ${facts.compressedBytes}.`,
    ...(left === 0 ? [] : [`${left} items are old enough and stay: they are no whole history.`]),
    ...more,
  ].join('\n');
}

function toCostText(cost: ReturnType<typeof estimateCost>): string[] {
  const dollars = (value: number) => value.toFixed(value < 1 ? 6 : 2);
  const rows = [
    ['run, once', dollars(cost.runOnce)],
    ['verify, each time', dollars(cost.verifyOnce)],
    ['remove, once', dollars(cost.removeOnce)],
    ['in the archive, a month', dollars(cost.archivePerMonth)],
    ['in DynamoDB, a month', dollars(cost.storePerMonth)],
  ];
  return [toTable(['on AWS', 'US dollars'], rows), ...COST_ASSUMPTIONS.map((line) => `- ${line}`)];
}

async function verify(ctx: OpsContext, io: OpsIo): Promise<number> {
  const result = await verifyArchive(toDeps(ctx), { signal: io.signal });
  const { runs, objects, events, compared, removed, different, problems } = result;
  const rows = problems.map(({ object, problem }) => [object, problem]);
  const text = [
    ...(rows.length === 0 ? [] : [toTable(['object', 'problem'], rows)]),
    `${runs} runs, ${objects} objects, ${events} events: ${compared} are in DynamoDB too, ${removed} were removed there, ${different} differences.`,
  ].join('\n');
  await io.print(io.json ? toJson(result) : text);
  return different === 0 ? 0 : EXIT_FAILED;
}

async function restore(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const options = { continues: input.continue, signal: io.signal };
  const result = await restoreArchive({ ...toDeps(ctx), db: ctx.db }, toOperator(input), options);
  const { events, present, commands } = result;
  const sentence = `Restored ${events} events and ${commands} records of commands; ${present} events were there already.`;
  await io.print(io.json ? toJson(result) : sentence);
  return 0;
}

async function remove(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  if (input.reason === undefined) {
    throw new PlayheadError('INVALID_INPUT', 'Say why: --reason must be given.');
  }
  const deps = { ...toDeps(ctx), store: ctx.store, db: ctx.db };
  const result = await removeArchived(deps, toOperator(input), { signal: io.signal });
  const { aggregates, removed, kept } = result;
  const sentence = `Removed ${removed} events of ${aggregates} aggregates from DynamoDB; ${kept} aggregates stay whole.`;
  await io.print(io.json ? toJson(result) : sentence);
  return 0;
}

function toDeps({ dynamo, archive: storage, now }: OpsContext) {
  return { dynamo, storage: requireArchive(storage), now };
}
