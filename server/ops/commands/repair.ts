import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { repairView, toRepairable, toRepairSteps } from '#server/runtime/integrity/repair-view.ts';
import type { ViewRepair } from '#server/runtime/integrity/view-repair.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson } from '#server/runtime/ops/output.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { findAggregateId } from '../find-aggregate-id.ts';

/** `repair`: re-projects one aggregate. */
export const repairCommand = defineOpsCommand({
  usage: 'repair <aggregate>',
  summary: 'make what a view holds of one aggregate again, from its events',
  options: [
    { flags: '--view <name>', description: 'journal, or a view of the aggregate' },
    { flags: '--all-views', description: 'in every view' },
    reasonOption,
  ],
  details: `What PostgreSQL's views are made of, the aggregate's rows in the journal, is put right first, out of
the event store. Commands and projections go on meanwhile. With --json, one object: aggregateId, repaired (per view:
view, waitsAt with eventSequence and error of the event that cannot be taken, or null), failed (the
views that could not be repaired, and why). Exit code 1 when there is one of these.`,
  input: reasonSchema.extend({
    aggregate: z.string(),
    view: z.string().optional(),
    allViews: z.boolean().default(false),
  }),
  run: async (ctx, { aggregate, view, allViews, reason }, io) => {
    const aggregateId = await findAggregateId(ctx.store, aggregate);
    if ((view === undefined) !== allViews) {
      throw new PlayheadError('INVALID_INPUT', 'Give --view, or --all-views.');
    }
    const repaired: ViewRepair[] = [];
    const failed: { readonly view: string; readonly error: unknown }[] = [];
    const steps =
      view === undefined
        ? toRepairable(ctx.registered, aggregateId)
        : toRepairSteps(ctx.registered, view);
    for (const each of steps) {
      io.signal.throwIfAborted();
      const target = { aggregateId, view: each };
      try {
        repaired.push(await repairView(ctx, target, toOperator({ reason })));
      } catch (error) {
        failed.push({ view: each, error });
      }
    }
    if (repaired.length === 0) {
      throw failed[0]?.error;
    }
    const lines = repaired.map(({ view: name, waitsAt }) =>
      waitsAt === null
        ? `${name}: rebuilt.`
        : `${name}: rebuilt up to event ${waitsAt.eventSequence}, which cannot be taken: ${waitsAt.error}`,
    );
    const failures = failed.map(({ view: name, error }) => ({
      view: name,
      error: toErrorSentence(error),
    }));
    lines.push(...failures.map(({ view: name, error }) => `${name}: not repaired: ${error}`));
    const answer = { aggregateId, repaired, failed: failures };
    await io.print(io.json ? toJson(answer) : lines.join('\n'));
    const isWhole = failures.length === 0 && repaired.every(({ waitsAt }) => waitsAt === null);
    return isWhole ? 0 : EXIT_FAILED;
  },
});
