import type { z } from 'zod';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { WaitForEventDeps } from './wait-for-event.ts';

/** What a resource is read with. */
export type ResourceDeps = WaitForEventDeps & {
  readonly store: EventStore;
  /** For what may have to look at much. */
  readonly scans: Db;
};

/**
 * What programs read of a module: a list, or one thing of a kind. Methods, so that resources of all shapes
 * can stand side by side.
 */
export type Resource<Query = unknown, Answer = unknown> = {
  /** Below /api/v1: `/accounts`, `/accounts/{accountId}`. The one name in braces is `aggregate`'s id. */
  readonly path: string;
  /** What it says, in a sentence. */
  readonly summary: string;
  /** Whose id is in the path; a list has none. */
  readonly aggregate?: Pick<Aggregate, 'type' | 'parseId'>;
  readonly query: z.ZodType<Query>;
  readonly answer: z.ZodType<Answer>;
  /** `id` is the aggregate's own, in its one form; empty for a list. */
  read(deps: ResourceDeps, query: Query, id: string): Promise<Answer>;
  /** The version of the aggregate that the answer shows, for its ETag. */
  toVersion?(answer: Answer): number;
};

/** Gives a resource its precise type. */
export function defineResource<Query, Answer>(
  resource: Resource<Query, Answer>,
): Resource<Query, Answer> {
  return resource;
}
