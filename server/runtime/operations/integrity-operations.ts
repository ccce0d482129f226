import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { repairView, toRepairable, toRepairSteps } from '#server/runtime/integrity/repair-view.ts';
import type { ViewRepair } from '#server/runtime/integrity/view-repair.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { defineOperation } from './operation.ts';

/** Comparing the views with the events, and repairing them. */
export const integrityOperations = [
  defineOperation({
    kind: 'repair',
    /** Without a view, in every one. */
    input: z.strictObject({ aggregateId: z.string(), view: z.string().optional() }),
    toSubject: ({ aggregateId, view }, registered) => {
      const { type } = parseAggregateId(aggregateId);
      const known = toRepairable(registered, aggregateId);
      if (view !== undefined && !known.includes(view)) {
        const sentence = `There is no view “${view}” of ${type}. There are: ${known.join(', ')}.`;
        throw new PlayheadError('INVALID_INPUT', sentence, { field: 'view' });
      }
      return aggregateId;
    },
    run: async (deps, { aggregateId, view }, operator, { signal, onProgress }) => {
      const steps =
        view === undefined
          ? toRepairable(deps.registered, aggregateId)
          : toRepairSteps(deps.registered, view);
      const repaired: ViewRepair[] = [];
      const failed: { readonly view: string; readonly error: string }[] = [];
      for (const [done, each] of steps.entries()) {
        signal.throwIfAborted();
        onProgress(done, steps.length);
        try {
          repaired.push(await repairView(deps, { aggregateId, view: each }, operator));
        } catch (error) {
          if (steps.length === 1) {
            throw error;
          }
          failed.push({ view: each, error: toErrorSentence(error) });
        }
      }
      return { repaired, failed };
    },
  }),
  defineOperation({
    kind: 'reconcile',
    /** Without a sample, every aggregate. */
    input: z.strictObject({ sample: z.number().int().min(1).max(1_000_000).optional() }),
    isReading: true,
    toSubject: () => 'all',
    run: async (deps, { sample }, _operator, { signal, onProgress }) => {
      const result = await reconcile(deps, {
        ...(sample !== undefined && { sample }),
        signal,
        onProgress: ({ done, total }) => onProgress(done, total),
      });
      return result;
    },
  }),
];
