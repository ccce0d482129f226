import type { EventStore } from '#server/event-store/event-store.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';

/** The event store, and the databases of the views. */
export type IntegrityDeps = {
  readonly store: EventStore;
  readonly db: Db;
  readonly dynamo: Dynamo;
  /** For how long the records of commands are kept, in days; 90, as the event store's, without it. */
  readonly commandRetentionDays?: number;
};
