import { z } from 'zod';
import { toPlaces } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { requestJournalRebuild } from '#server/runtime/journal/journal-state.ts';
import { diffRebuild } from '#server/runtime/rebuild/diff-rebuild.ts';
import {
  cancelRebuild,
  discardPrevious,
  discardRebuild,
} from '#server/runtime/rebuild/end-rebuild.ts';
import { estimateRebuild } from '#server/runtime/rebuild/estimate-rebuild.ts';
import { rebuildHotView } from '#server/runtime/rebuild/rebuild-hot-view.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { rollbackProjection } from '#server/runtime/rebuild/rollback-projection.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { recordOperatorAction } from '#server/runtime/views/record-operator-action.ts';
import { findProjection } from './find-projection.ts';
import { defineOperation, type OperationDeps } from './operation.ts';
import { tryHotView } from './try-hot-view.ts';
import { tryView } from './try-view.ts';

const input = z.strictObject({ projection: z.string() });
type Input = z.output<typeof input>;

const find = ({ registered }: OperationDeps, { projection }: Input) =>
  findProjection(registered, projection);
const findHotView = ({ hotViews }: RegisteredViews, { projection }: Input) =>
  hotViews.find(({ name }) => name === projection);
const toSubject = ({ projection }: Input, registered: RegisteredViews) =>
  findProjection(registered, projection).name;

/** The life of a new generation of a projection's tables, and rebuilds in place. */
export const rebuildOperations = [
  defineOperation({
    kind: 'estimate-rebuild',
    input,
    isReading: true,
    toSubject: (given, registered) =>
      findHotView(registered, given)?.name ?? toSubject(given, registered),
    run: async (deps, given, operator, io) => {
      const hotView = findHotView(deps.registered, given);
      if (hotView !== undefined) {
        return tryHotView(deps, hotView, operator, io);
      }
      const projection = find(deps, given);
      const estimate = await estimateRebuild(deps.db, projection);
      return { estimate, sample: await tryView(deps, projection, io) };
    },
  }),
  defineOperation({
    kind: 'rebuild',
    input,
    toSubject: ({ projection }, registered) => {
      toPlaces(registered, projection);
      return projection;
    },
    run: async (deps, given, operator, { signal, onProgress }) => {
      const { db, registered } = deps;
      const [place] = toPlaces(registered, given.projection);
      if (place?.kind === 'hot') {
        const { failures: _, ...done } = await rebuildHotView(deps, place.view, operator, {
          signal,
          onProgress: ({ aggregates, unchanged, written, removed, failed }) =>
            onProgress(unchanged + written + removed + failed, aggregates),
        });
        return done;
      }
      if (place?.kind === 'journal') {
        await db.transaction(async (tx) => {
          await requestJournalRebuild(tx);
          await recordOperatorAction(tx, operator, 'rebuild', JOURNAL);
        });
        return { journal: 'requested' as const };
      }
      return { rebuild: (await requestRebuild(db, find(deps, given), operator)).id };
    },
  }),
  defineOperation({
    kind: 'cancel-rebuild',
    input,
    toSubject,
    run: async (deps, given, operator) => {
      await cancelRebuild(deps.db, find(deps, given), operator);
      return {};
    },
  }),
  defineOperation({
    kind: 'compare-rebuild',
    input,
    isReading: true,
    toSubject,
    run: (deps, given) => diffRebuild(deps.db, find(deps, given)),
  }),
  defineOperation({
    kind: 'swap-rebuild',
    input,
    toSubject,
    run: async (deps, given, operator) => {
      const { version, position } = await swapRebuild(deps.db, find(deps, given), operator);
      return { version, position };
    },
  }),
  defineOperation({
    kind: 'discard-rebuild',
    input,
    toSubject,
    run: async (deps, given, operator) => {
      await discardRebuild(deps.db, find(deps, given), operator);
      return {};
    },
  }),
  defineOperation({
    kind: 'roll-back',
    input,
    toSubject,
    run: async (deps, given, operator) => {
      const { version, position } = await rollbackProjection(deps.db, find(deps, given), operator);
      return { version, position };
    },
  }),
  defineOperation({
    kind: 'discard-previous',
    input,
    toSubject,
    run: async (deps, given, operator) => {
      await discardPrevious(deps.db, find(deps, given), operator);
      return {};
    },
  }),
];
