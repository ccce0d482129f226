import { z } from 'zod';
import type { AccountState } from '#server/domain/account/account-state.ts';
import type { LoadedState } from './fold-events.ts';

/**
 * Raised with every change of the state's shape or of `evolve`: it is part of the snapshots' key,
 * so that those of another version are simply never found.
 */
export const SNAPSHOT_VERSION = 1;

const minorUnits = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt);

const facts = {
  owner: z.string(),
  number: z.string(),
  currency: z.string(),
  overdraftLimit: minorUnits,
  balance: minorUnits,
  openedAt: z.string(),
  lastEventAt: z.string(),
};

const snapshotSchema = z.object({
  eventSequence: z.number().int().positive(),
  state: z.discriminatedUnion('status', [
    z.object({ status: z.literal('open'), ...facts }),
    z.object({ status: z.literal('closed'), ...facts, closedAt: z.string() }),
  ]),
});

/** The partition of one aggregate's snapshots. */
export function toSnapshotKey(aggregateId: string): string {
  return `${SNAPSHOT_VERSION}#${aggregateId}`;
}

/** The item that keeps a state: amounts as strings of minor units. */
export function toSnapshotItem(aggregateId: string, { state, version }: LoadedState) {
  return {
    snapshotKey: toSnapshotKey(aggregateId),
    eventSequence: version,
    state: toPlain(state),
  };
}

/** The state in a snapshot item; undefined when it is not one, for the events are the truth. */
export function parseSnapshot(item: unknown): LoadedState | undefined {
  const parsed = snapshotSchema.safeParse(item);
  return parsed.success
    ? { state: parsed.data.state, version: parsed.data.eventSequence }
    : undefined;
}

function toPlain(state: AccountState): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, String(value)]));
}
