import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { FAILURE_CATEGORIES } from '#server/runtime/platform/failure.ts';

/** Which dead letters are meant: those that everything given holds for; all of them without any. */
export const deadLetterFilterSchema = z.strictObject({
  /** A projection's name, `journal`, or a hot view's name. */
  projection: z.string().min(1).optional(),
  aggregateId: z.string().min(1).optional(),
  category: z.enum(FAILURE_CATEGORIES).optional(),
  /** Null: those whose type cannot be read. */
  eventType: z.string().min(1).nullable().optional(),
  /** The error without ids and numbers, as listed. */
  errorGroup: z.string().min(1).optional(),
});

export type DeadLetterFilter = z.infer<typeof deadLetterFilterSchema>;

/** Throws INVALID_INPUT. */
export function parseDeadLetterFilter(filter: unknown): DeadLetterFilter {
  const parsed = deadLetterFilterSchema.safeParse(filter);
  if (!parsed.success) {
    throw toInvalidInput(parsed.error);
  }
  return parsed.data;
}

/** INVALID_INPUT for the first thing that is wrong. */
export function toInvalidInput({ issues }: z.ZodError): PlayheadError {
  const field = issues[0]?.path.join('.') ?? '';
  return new PlayheadError('INVALID_INPUT', `${field}: ${issues[0]?.message}`, { field });
}
