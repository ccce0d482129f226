import { PlayheadError } from '#lib/playhead-error.ts';
import { type Aggregate, type Aggregates, aggregateOf } from './aggregate.ts';
import type { EventCodec } from './event-codec.ts';
import { foldEvents, KEYFRAME_INTERVAL, type LoadedState, toInitial } from './fold-events.ts';
import { type EventSource, readPages, readStart } from './read-events.ts';
import { getSnapshot, saveSnapshots } from './snapshots.ts';
import type { StoredEvent } from './stored-event.ts';

/** Called with a failure that nobody waits for: a snapshot could not be written. */
export type OnSnapshotError = (error: unknown) => void;

/** What states are folded with. */
export type FoldDeps = EventSource & {
  readonly aggregates: Aggregates;
  readonly codec: EventCodec;
  readonly onSnapshotError: OnSnapshotError;
};

/** The kind of an aggregate that is to be folded. Throws AGGREGATE_TYPE_UNKNOWN. */
export function requireAggregate(aggregates: Aggregates, aggregateId: string): Aggregate {
  const aggregate = aggregateOf(aggregates, aggregateId);
  if (aggregate === undefined) {
    const types = [...aggregates.keys()].join(', ');
    throw new PlayheadError(
      'AGGREGATE_TYPE_UNKNOWN',
      `“${aggregateId.slice(0, 80)}” is of no type of aggregate that this program has. It has: ${types}.`,
    );
  }
  return aggregate;
}

/**
 * The newest state, from `known` on when it is given. A cold aggregate is read by one Query while it is
 * short, and only then has no snapshot; where it is longer its newest snapshot is asked for. Where its first
 * events are in the archive, there is a snapshot behind them; without one they are read from there.
 */
export async function loadState(
  deps: FoldDeps,
  aggregateId: string,
  known: LoadedState | undefined,
): Promise<LoadedState> {
  const { dynamo, codec } = deps;
  const aggregate = requireAggregate(deps.aggregates, aggregateId);
  if (known !== undefined) {
    return foldFrom(deps, aggregate, aggregateId, known);
  }
  const start = await readStart(deps, aggregateId, KEYFRAME_INTERVAL);
  const initial = toInitial(aggregate);
  if (!start.hasMore) {
    return foldEvents(aggregate, initial, start.events.map(codec.decode)).loaded;
  }
  const snapshot = await getSnapshot(dynamo, aggregate, aggregateId);
  return foldFrom(deps, aggregate, aggregateId, snapshot ?? initial);
}

/** The state after `sequence`, or the newest one when there are fewer events. */
export async function loadStateAt(
  deps: FoldDeps,
  aggregateId: string,
  sequence: number,
): Promise<LoadedState> {
  const aggregate = requireAggregate(deps.aggregates, aggregateId);
  const snapshot =
    sequence < KEYFRAME_INTERVAL
      ? undefined
      : await getSnapshot(deps.dynamo, aggregate, aggregateId, sequence);
  return foldFrom(deps, aggregate, aggregateId, snapshot ?? toInitial(aggregate), sequence);
}

/**
 * Folds page by page. A fold that passes a keyframe leaves a snapshot there: so snapshots that were
 * lost, or belong to another version, come back by themselves.
 */
async function foldFrom(
  deps: FoldDeps,
  aggregate: Aggregate,
  aggregateId: string,
  base: LoadedState,
  to?: number,
): Promise<LoadedState> {
  const { dynamo, codec, onSnapshotError } = deps;
  let loaded = base;
  for await (const page of readPages(deps, aggregateId, { from: base.version + 1, to })) {
    const folded = foldEvents(aggregate, loaded, decoded(codec, page));
    loaded = folded.loaded;
    if (folded.keyframes.length > 0) {
      await saveSnapshots(dynamo, aggregate, aggregateId, folded.keyframes).catch(onSnapshotError);
    }
  }
  return loaded;
}

function* decoded({ decode }: EventCodec, page: readonly StoredEvent[]) {
  for (const event of page) {
    yield decode(event);
  }
}
