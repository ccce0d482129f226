import type { PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '#server/platform/postgres.ts';
import type { SchemaName } from '#server/platform/schemas.ts';
import type { FollowingEvent } from './is-next.ts';

/** An event as a projection sees it: in its type's current shape, with its place in the journal. */
export type ProjectedEvent = FollowingEvent & { readonly position: number };

/** A read model in PostgreSQL: a name, a version, and what a batch of events does to its tables. */
export type Projection = {
  readonly name: string;
  /** Raised when the code changes what the tables hold: the old rows then need a rebuild. */
  readonly version: number;
  /** Every table that `handle` reads or writes, and nobody else writes: what a rebuild makes anew. */
  readonly tables: readonly PgTable[];
  /** Tables that triggers of these keep: they belong to the generation, and hold nothing of their own. */
  readonly keptByTriggers?: readonly PgTable[];
  /**
   * Applies a batch, in journal order, within the transaction that moves the checkpoint, to the
   * generation that is in `schema`: a rebuild points the same code at a candidate beside the one that
   * serves.
   */
  readonly handle: (tx: Tx, events: readonly ProjectedEvent[], schema: SchemaName) => Promise<void>;
};
