import { MODULES } from '#server/modules/index.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { createRegistry, type Registry } from '#server/runtime/registry.ts';

/** Connections to both databases, as a process of Playhead has them. */
export type Stores = {
  readonly registry: Registry;
  readonly dynamo: Dynamo;
  readonly store: EventStore;
  readonly postgres: Postgres;
};

/** Does some work over connections of its own, which are closed after it. */
export async function withStores<Answer>(
  env: Env,
  work: (stores: Stores) => Promise<Answer>,
): Promise<Answer> {
  const registry = createRegistry(MODULES);
  const dynamo = createDynamo(env);
  const postgres = createPostgres(env, { application: 'playhead-bench', max: 10 });
  try {
    return await work({
      dynamo,
      registry,
      store: createEventStore(dynamo, registry.aggregates),
      postgres,
    });
  } finally {
    await postgres.close();
    dynamo.close();
  }
}
