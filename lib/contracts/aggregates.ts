import { z } from 'zod';

const rowSchema = z.record(z.string(), z.unknown());

/** What each view held of an aggregate after one of its events. */
export const viewsAtSchema = z.object({
  views: z.array(
    z.object({
      view: z.string(),
      database: z.enum(['PostgreSQL', 'DynamoDB']),
      tables: z.array(z.object({ name: z.string(), rows: z.array(rowSchema), count: z.number() })),
      /** Why nothing more is known of it; null where all is. */
      problem: z.string().nullable(),
    }),
  ),
});
export type ViewsAt = z.infer<typeof viewsAtSchema>;

/** An aggregate's history at a glance: ranges of its sequences, one after another. */
export const outlineSchema = z.object({
  /** The newest event that the journal holds. */
  version: z.number(),
  /** Only the first events of each range were counted by type. */
  isSampled: z.boolean(),
  buckets: z.array(
    z.object({
      /** Its first and its last sequence, and when the first event in it happened; null without one. */
      from: z.number(),
      to: z.number(),
      at: z.string().nullable(),
      /** How many events of each type it has. */
      types: z.record(z.string(), z.number()),
    }),
  ),
});
export type Outline = z.infer<typeof outlineSchema>;

/** Where what the views hold of an aggregate is not what its events say. */
export const aggregateIntegritySchema = z.object({
  /** The newest event that was compared. */
  version: z.number(),
  /** The first of `count`; of these, `explained` have a known reason. */
  differences: z.array(
    z.object({
      view: z.string(),
      field: z.string(),
      expected: z.string().nullable(),
      actual: z.string().nullable(),
      explanation: z.string().nullable(),
      /** The last event after which it was right; null for never, absent where that is not known. */
      lastRight: z.number().nullable().optional(),
    }),
  ),
  count: z.number(),
  explained: z.number(),
  /** Events of which nobody knows how they came in: their command's record may have expired. */
  unknownOrigins: z.number(),
});
export type AggregateIntegrity = z.infer<typeof aggregateIntegritySchema>;
