import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';

/** An aggregate's state in the words that others know it by: what a module publishes beside its events. */
export type EntityContent = {
  readonly values: Readonly<Record<string, unknown>>;
  /** By field, why it has no value. */
  readonly errors: Readonly<Record<string, string>>;
};

/**
 * What a module publishes of one kind of aggregate to webhooks that send entities. A method, so that entities of all
 * kinds can stand side by side.
 */
export type PublishedEntity<State = unknown> = {
  readonly aggregate: Aggregate<State>;
  /** As CloudEvents name a change of it: `playhead.crm.client.changed`. */
  readonly type: string;
  /** Raised with every change of what `toContent` says: what is sent again then has another id. */
  readonly version: number;
  /** Pure. `id` is the aggregate's, without its type. */
  toContent(state: State, id: string): EntityContent;
};

/** By type of aggregate. */
export type PublishedEntities = ReadonlyMap<string, PublishedEntity>;
