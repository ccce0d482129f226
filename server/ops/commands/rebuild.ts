import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { findProjection } from '#server/runtime/operations/find-projection.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { findActiveRebuild } from '#server/runtime/rebuild/candidate-checkpoint.ts';
import { diffRebuild } from '#server/runtime/rebuild/diff-rebuild.ts';
import {
  cancelRebuild,
  discardPrevious,
  discardRebuild,
} from '#server/runtime/rebuild/end-rebuild.ts';
import { estimateRebuild } from '#server/runtime/rebuild/estimate-rebuild.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { rollbackProjection } from '#server/runtime/rebuild/rollback-projection.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { rebuildHot } from '../rebuild/rebuild-hot.ts';
import { rebuildJournalNow } from '../rebuild/rebuild-journal.ts';
import { toDiffText, toEstimateText } from '../rebuild/rebuild-texts.ts';
import { watchRebuild } from '../rebuild/watch-rebuild.ts';

const flag = z.boolean().default(false);
const inputSchema = reasonSchema.extend({
  projection: z.string(),
  dryRun: flag,
  swap: flag,
  discard: flag,
  rollback: flag,
  discardPrevious: flag,
  cancel: flag,
});

/** `rebuild`: fills a new generation of a projection beside the one that serves. */
export const rebuildCommand = defineOpsCommand({
  usage: 'rebuild <projection>',
  summary: 'fill a new generation of a projection from the journal, compare, and swap it in',
  options: [
    { flags: '--dry-run', description: 'only estimate what it would read and take' },
    { flags: '--swap', description: 'let the generation that is ready take over' },
    { flags: '--discard', description: 'drop the generation that is ready, or has failed' },
    { flags: '--cancel', description: 'stop the rebuild that is under way' },
    { flags: '--rollback', description: 'return to the generation before the last swap' },
    { flags: '--discard-previous', description: 'drop the generation before the last swap' },
    reasonOption,
  ],
  details: `Without one of these options: estimates, begins a rebuild (or goes on with the one that is under
way), shows its progress, and compares the new generation with the one that serves. Nothing is
swapped in by that. Ctrl-C does not end the rebuild: a worker goes on, --cancel ends it.

With --json, one object: estimate (events, seconds, bytes, rate, basis), and without --dry-run
rebuild (id, status, position, …) and diff (rebuildId, position, tables: counts and a sample of rows
that differ). With --swap and --rollback: rebuild. Else: projection, done.

A hot view (one in DynamoDB) is rebuilt in its place, item by item, out of the event store;
with --dry-run it is only said what would come of it. With --json, one object: aggregates, unchanged,
written, removed, failed, failures. Exit code 1 when an event cannot be taken.

The journal ("journal") is completed in its place: every event of the event store that it lacks is put
behind its end. With --json, one object: read, inserted; with --dry-run: estimate (events, seconds).`,
  input: inputSchema,
  run: async (ctx, { projection: name, reason, ...choice }, io) => {
    const chosen = Object.entries(choice).filter(([, isChosen]) => isChosen);
    if (chosen.length > 1) {
      throw new PlayheadError('INVALID_INPUT', 'Give one of these options at a time.');
    }
    const operator = toOperator({ reason });
    const hotView = ctx.registered.hotViews.find((view) => view.name === name);
    if (hotView !== undefined) {
      if (chosen.length > 0 && !choice.dryRun) {
        throw new PlayheadError(
          'INVALID_INPUT',
          `${name} is rebuilt in its place: it has no generations. Only --dry-run is for it.`,
        );
      }
      return rebuildHot(ctx, hotView, choice.dryRun, operator, io);
    }
    if (name === JOURNAL) {
      if (chosen.length > 0 && !choice.dryRun) {
        throw new PlayheadError(
          'INVALID_INPUT',
          'The journal is completed in its place: it has no generations. Only --dry-run is for it.',
        );
      }
      await rebuildJournalNow(ctx, choice.dryRun, operator, io);
      return 0;
    }
    const { db } = ctx;
    const projection = findProjection(ctx.registered, name);
    if (choice.dryRun) {
      const estimate = await estimateRebuild(db, projection);
      await io.print(io.json ? toJson({ estimate }) : toEstimateText(estimate));
    } else if (choice.swap || choice.rollback) {
      const change = choice.swap ? swapRebuild : rollbackProjection;
      const rebuild = await change(db, projection, operator);
      const sentence = `${name} serves version ${rebuild.version} from position ${rebuild.position} on; --rollback returns.`;
      await io.print(io.json ? toJson({ rebuild }) : sentence);
    } else if (chosen.length > 0) {
      const end = choice.cancel ? cancelRebuild : choice.discard ? discardRebuild : discardPrevious;
      await end(db, projection, operator);
      await io.print(io.json ? toJson({ projection: name, done: true }) : 'Done.');
    } else {
      await rebuildAndCompare(db, projection, operator, io);
    }
    return 0;
  },
});

async function rebuildAndCompare(
  db: Db,
  projection: PostgresView,
  operator: Operator,
  io: OpsIo,
): Promise<void> {
  const { name } = projection;
  const active =
    (await findActiveRebuild(db, name)) ?? (await requestRebuild(db, projection, operator));
  const { estimate } = active;
  if (!io.json) {
    await io.print(toEstimateText(estimate));
  }
  const rebuild = await watchRebuild(db, projection, active.id, io);
  const diff = await diffRebuild(db, projection);
  if (io.json) {
    await io.print(toJson({ estimate, rebuild, diff }));
    return;
  }
  await io.print(toDiffText(diff));
  await io.print(`Ready. Swap it in: ops rebuild ${name} --swap; drop it: --discard.`);
}
