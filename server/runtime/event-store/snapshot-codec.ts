import { z } from 'zod';
import type { Aggregate } from './aggregate.ts';
import type { LoadedState } from './fold-events.ts';
import { encode, toStorable } from './storable.ts';

const snapshotSchema = z.object({
  eventSequence: z.number().int().positive(),
  state: z.unknown(),
});

/** The partition of one aggregate's snapshots: those of another version of its state are never found. */
export function toSnapshotKey({ snapshot }: Aggregate, aggregateId: string): string {
  return `${snapshot.version}#${aggregateId}`;
}

/** The item that keeps a state, by its codec. Throws VALUE_NOT_STORABLE. */
export function toSnapshotItem(
  aggregate: Aggregate,
  aggregateId: string,
  { state, version }: LoadedState,
) {
  const what = `The snapshot of ${aggregateId} at event ${version}`;
  return {
    snapshotKey: toSnapshotKey(aggregate, aggregateId),
    eventSequence: version,
    state: toStorable(what, encode(what, aggregate.snapshot.codec, state)),
  };
}

/** The state in a snapshot item; undefined when it is not one, for the events are the truth. */
export function parseSnapshot({ snapshot }: Aggregate, item: unknown): LoadedState | undefined {
  const parsed = snapshotSchema.safeParse(item);
  const state = parsed.success ? snapshot.codec.safeParse(parsed.data.state) : parsed;
  return parsed.success && state.success
    ? { state: state.data, version: parsed.data.eventSequence }
    : undefined;
}
