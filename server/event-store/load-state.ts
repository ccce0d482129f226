import type { Dynamo } from '#server/platform/dynamo.ts';
import { toRecordedEvent } from './codec.ts';
import { foldEvents, KEYFRAME_INTERVAL, type LoadedState, UNOPENED } from './fold-events.ts';
import { readPages, readStart } from './read-events.ts';
import { getSnapshot, saveSnapshots } from './snapshots.ts';
import type { StoredEvent } from './stored-event.ts';

/** Called with a failure that nobody waits for: a snapshot could not be written. */
export type OnSnapshotError = (error: unknown) => void;

/**
 * The newest state, from `known` on when it is given. A cold aggregate is read in one round trip
 * while it is short: its first events and its newest snapshot are asked for at once.
 */
export async function loadState(
  dynamo: Dynamo,
  aggregateId: string,
  known: LoadedState | undefined,
  onSnapshotError: OnSnapshotError,
): Promise<LoadedState> {
  if (known !== undefined) {
    return foldFrom(dynamo, aggregateId, known, undefined, onSnapshotError);
  }
  const [start, snapshot] = await Promise.all([
    readStart(dynamo, aggregateId, KEYFRAME_INTERVAL),
    getSnapshot(dynamo, aggregateId),
  ]);
  return start.hasMore
    ? foldFrom(dynamo, aggregateId, snapshot ?? UNOPENED, undefined, onSnapshotError)
    : foldEvents(UNOPENED, start.events.map(toRecordedEvent)).loaded;
}

/** The state after `sequence`, or the newest one when there are fewer events. */
export async function loadStateAt(
  dynamo: Dynamo,
  aggregateId: string,
  sequence: number,
  onSnapshotError: OnSnapshotError,
): Promise<LoadedState> {
  const snapshot =
    sequence < KEYFRAME_INTERVAL ? undefined : await getSnapshot(dynamo, aggregateId, sequence);
  return foldFrom(dynamo, aggregateId, snapshot ?? UNOPENED, sequence, onSnapshotError);
}

/**
 * Folds page by page. A fold that passes a keyframe leaves a snapshot there: so snapshots that were
 * lost, or belong to another version, come back by themselves.
 */
async function foldFrom(
  dynamo: Dynamo,
  aggregateId: string,
  base: LoadedState,
  to: number | undefined,
  onSnapshotError: OnSnapshotError,
): Promise<LoadedState> {
  let loaded = base;
  for await (const page of readPages(dynamo, aggregateId, { from: base.version + 1, to })) {
    const folded = foldEvents(loaded, recorded(page));
    loaded = folded.loaded;
    if (folded.keyframes.length > 0) {
      await saveSnapshots(dynamo, aggregateId, folded.keyframes).catch(onSnapshotError);
    }
  }
  return loaded;
}

function* recorded(page: readonly StoredEvent[]) {
  for (const event of page) {
    yield toRecordedEvent(event);
  }
}
