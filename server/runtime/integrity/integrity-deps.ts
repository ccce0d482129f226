import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Registered } from '#server/runtime/registered.ts';

/** The event store, and the databases of the views. */
export type IntegrityDeps = {
  readonly store: EventStore;
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly registered: Pick<Registered, 'views' | 'hotViews' | 'oracles' | 'conserved'>;
  /** For how long the records of commands are kept, in days; 90, as the event store's, without it. */
  readonly commandRetentionDays?: number;
};
