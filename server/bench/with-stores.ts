import { createEventStore } from '#server/event-store/create-event-store.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createDynamo, type Dynamo } from '#server/platform/dynamo.ts';
import type { Env } from '#server/platform/env.ts';
import { createPostgres, type Postgres } from '#server/platform/postgres.ts';

/** Connections to both databases, as a process of Playhead has them. */
export type Stores = {
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly postgres: Postgres;
};

/** Does some work over connections of its own, which are closed after it. */
export async function withStores<Answer>(
  env: Env,
  work: (stores: Stores) => Promise<Answer>,
): Promise<Answer> {
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-bench', max: 10 });
  try {
    return await work({ dynamo, store: createEventStore(dynamo), postgres });
  } finally {
    await postgres.close();
    dynamo.close();
  }
}
