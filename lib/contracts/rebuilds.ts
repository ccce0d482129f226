import { z } from 'zod';

/** A newer program may know others: to this one they are unknown. */
const status = z
  .enum(['running', 'ready', 'swapped', 'discarded', 'failed', 'cancelled', 'unknown'])
  .catch('unknown');

/** A rebuild of a projection in PostgreSQL; moments are ISO 8601. */
export const rebuildSchema = z.object({
  id: z.number(),
  projection: z.string(),
  /** `rollback`: it began with the previous generation instead of with nothing. `bus`: the bus fills it. */
  kind: z.enum(['rebuild', 'rollback', 'bus']).catch('rebuild'),
  status,
  fromVersion: z.number(),
  version: z.number(),
  startPosition: z.number(),
  position: z.number(),
  /** Where the generation that serves stands now; of one that is over, where it ended. */
  target: z.number(),
  /** Events per second. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** The event at which it stopped, and why. */
  error: z
    .object({
      message: z.string(),
      event: z
        .object({
          position: z.number(),
          aggregateId: z.string(),
          eventSequence: z.number(),
          eventType: z.string(),
        })
        .nullable(),
    })
    .nullable(),
  worker: z.string().nullable(),
  requestedBy: z.string(),
  startedAt: z.string(),
  updatedAt: z.string(),
  /** What it replaced, while that is kept. */
  previous: z.object({ version: z.number(), position: z.number() }).nullable(),
});
export type Rebuild = z.infer<typeof rebuildSchema>;

/** How a view is rebuilt, and what has come of it. */
export const rebuildsSchema = z.object({
  projection: z.string(),
  /** In PostgreSQL beside what serves; in DynamoDB, and the journal, in its place. */
  place: z.enum(['postgresql', 'dynamodb', 'journal']),
  /** Of this program's code; null for the journal. */
  codeVersion: z.number().nullable(),
  /** The newest first. */
  items: z.array(rebuildSchema),
  /** The swap whose previous generation is kept. */
  kept: rebuildSchema.nullable(),
  /** Whether the journal holds all of the event store, and how far its completion is. */
  journal: z
    .object({
      isComplete: z.boolean(),
      eventsRead: z.number(),
      eventsInserted: z.number(),
      startedAt: z.string().nullable(),
      completedAt: z.string().nullable(),
      worker: z.string().nullable(),
    })
    .nullable(),
});
export type Rebuilds = z.infer<typeof rebuildsSchema>;
