import { z } from 'zod';
import { FAILURE_CATEGORIES } from '#server/platform/failure.ts';

/** Which dead letters are meant: those that everything given holds for; all of them without any. */
export const deadLetterFilterSchema = z.strictObject({
  /** A projection's name, `journal`, or a hot view's name. */
  projection: z.string().min(1).optional(),
  aggregateId: z.string().min(1).optional(),
  category: z.enum(FAILURE_CATEGORIES).optional(),
  eventType: z.string().min(1).optional(),
  /** The error without ids and numbers, as listed. */
  errorGroup: z.string().min(1).optional(),
});

export type DeadLetterFilter = z.infer<typeof deadLetterFilterSchema>;
