import { z } from 'zod';
import type { LoadedState } from './fold-events.ts';
import { toMinorUnits } from './minor-units.ts';
import { encode, toStorable } from './storable.ts';

/**
 * Raised with every change of the state's shape or of `evolve`: it is part of the snapshots' key,
 * so that those of another version are simply never found.
 */
export const SNAPSHOT_VERSION = 1;

const minorUnits = toMinorUnits(/^-?\d{1,19}$/);

const facts = {
  owner: z.string(),
  number: z.string(),
  currency: z.string(),
  overdraftLimit: minorUnits,
  balance: minorUnits,
  openedAt: z.string(),
  lastEventAt: z.string(),
};

const stateSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('unopened') }),
  z.object({ status: z.literal('open'), ...facts }),
  z.object({ status: z.literal('closed'), ...facts, closedAt: z.string() }),
]);

const snapshotSchema = z.object({
  eventSequence: z.number().int().positive(),
  state: stateSchema,
});

/** The partition of one aggregate's snapshots. */
export function toSnapshotKey(aggregateId: string): string {
  return `${SNAPSHOT_VERSION}#${aggregateId}`;
}

/** The item that keeps a state, by its codec. Throws VALUE_NOT_STORABLE. */
export function toSnapshotItem(aggregateId: string, { state, version }: LoadedState) {
  const what = `The snapshot of ${aggregateId} at event ${version}`;
  return {
    snapshotKey: toSnapshotKey(aggregateId),
    eventSequence: version,
    state: toStorable(what, encode(what, stateSchema, state)),
  };
}

/** The state in a snapshot item; undefined when it is not one, for the events are the truth. */
export function parseSnapshot(item: unknown): LoadedState | undefined {
  const parsed = snapshotSchema.safeParse(item);
  return parsed.success
    ? { state: parsed.data.state, version: parsed.data.eventSequence }
    : undefined;
}
