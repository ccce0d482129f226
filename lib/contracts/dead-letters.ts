import { z } from 'zod';

const time = z.string();
const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }));

/** What waits, or what was skipped. */
export const DEAD_LETTER_STATES = ['waiting', 'skipped'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** Dead letters of one view with the same error, counted. */
export const deadLetterCauseSchema = z.object({
  /** The same as long as the cause is. */
  id: z.string(),
  /** A projection, a hot view, or `journal`. */
  projection: z.string(),
  category: z.string(),
  /** Null where it cannot be read. */
  eventType: z.string().nullable(),
  /** The error without ids and numbers. */
  errorGroup: z.string(),
  /** Aggregates that wait, or events that were skipped; with `atLeast` a lower bound. */
  count: z.number(),
  atLeast: z.boolean(),
  /** Events that wait behind them; null where that is not known. */
  waiting: z.number().nullable(),
  firstFailedAt: time,
  lastFailedAt: time,
});
export type DeadLetterCause = z.infer<typeof deadLetterCauseSchema>;

export const deadLettersSchema = z.object({
  causes: z.array(deadLetterCauseSchema),
  /** All of the filter's; with `atLeast` a lower bound. */
  total: z.number(),
  atLeast: z.boolean(),
  /** There are more causes than are listed. */
  hasMore: z.boolean(),
  facets: z.object({ projection: facetSchema, category: facetSchema, eventType: facetSchema }),
  /** Why a part of them is not known now. */
  problems: z.array(z.string()),
});
export type DeadLetters = z.infer<typeof deadLettersSchema>;

/** An event at which an aggregate waits in a view, or which was left out of it. */
export const deadLetterSchema = z.object({
  projection: z.string(),
  aggregateId: z.string(),
  eventSequence: z.number(),
  eventId: z.string().nullable(),
  /** It is known to be there, so that it has a page. */
  isInJournal: z.boolean(),
  eventType: z.string().nullable(),
  category: z.string(),
  error: z.string(),
  attempts: z.number(),
  firstFailedAt: time,
  lastFailedAt: time,
  /** The aggregate's later events, which wait behind it; null where that is not known, and of a skipped one. */
  waiting: z.number().nullable(),
  skipped: z.object({ by: z.string(), at: time, reason: z.string() }).nullable(),
  /** No program can fold it: commands on the aggregate are refused, skipped or not. */
  isUnfoldable: z.boolean(),
});
export type DeadLetterItem = z.infer<typeof deadLetterSchema>;

/** Letters of one view, by aggregate. A page may have few, or none, although there are more. */
export const deadLetterPageSchema = z.object({
  items: z.array(deadLetterSchema),
  nextCursor: z.string().nullable(),
});

/** One of them in full. */
export const deadLetterDetailSchema = z.object({
  letter: deadLetterSchema,
  stack: z.string().nullable(),
  /** The item as it lies in the event store now, or as it was when it failed; null where neither is known. */
  rawItem: z.unknown(),
  /** The first of the events that wait behind it, in their order. */
  behind: z.array(
    z.object({
      eventSequence: z.number(),
      eventId: z.string().nullable(),
      eventType: z.string().nullable(),
      timestamp: time,
    }),
  ),
  problems: z.array(z.string()),
});
export type DeadLetterDetail = z.infer<typeof deadLetterDetailSchema>;
