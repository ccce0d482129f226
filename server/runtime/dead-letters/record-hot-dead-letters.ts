import { type HotFailure, toHotDead } from '#server/runtime/hot-views/hot-failure.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { getHotDeadLetters, putHotDead } from './hot-dead-letters.ts';

/**
 * Makes dead letters of a hot view's failures, of each aggregate's first one; further attempts at one
 * that is dead already are added up.
 */
export async function recordHotDeadLetters(
  dynamo: Dynamo,
  view: string,
  failures: readonly HotFailure[],
  { attempts, firstFailedAt }: { readonly attempts: number; readonly firstFailedAt: string },
): Promise<void> {
  const first = new Map<string, HotFailure>();
  for (const failure of failures) {
    const { aggregateId, eventSequence } = failure.entry.source;
    const known = first.get(aggregateId)?.entry.eventSequence ?? Number.POSITIVE_INFINITY;
    if (eventSequence < known) {
      first.set(aggregateId, failure);
    }
  }
  const letters = await getHotDeadLetters(dynamo, view, [...first.keys()]);
  for (const [aggregateId, failure] of first) {
    const before = letters.get(aggregateId)?.dead;
    const isSame = before?.eventSequence === failure.entry.eventSequence;
    const dead = toHotDead(failure, {
      attempts: attempts + (isSame ? before.attempts : 0),
      firstFailedAt: isSame ? before.firstFailedAt : firstFailedAt,
      now: new Date(),
    });
    if (dead !== undefined) {
      await putHotDead(dynamo, view, aggregateId, dead);
    }
  }
}
