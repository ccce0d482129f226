import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

const text = z.string().max(200).transform(toSearchText);

/** Text to look for. */
export const textParam = text.optional();

/** A parameter that may be given several times ("?type=A&type=B"): a list, empty without one. */
export const listParam = z.union([text.transform((value) => [value]), z.array(text)]).default([]);

/** An event sequence: what PostgreSQL's integer holds. */
export const sequenceSchema = z.number().int().min(1).max(2_147_483_647);

/** What pages of a list take: where to go on, and how many rows at most. */
export const pageParams = {
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A projection's rows are awaited up to this event of the aggregate, for at most `timeout` ms. */
export const waitParams = {
  sequence: z.coerce.number().pipe(sequenceSchema).optional(),
  timeout: z.coerce.number().int().min(0).max(15_000).default(5_000),
};

/**
 * The parameters of a request in the shape that a query takes; empty ones count as absent. Throws
 * INVALID_INPUT, naming the parameter.
 */
export function parseQuery<Query>(schema: z.ZodType<Query>, params: URLSearchParams): Query {
  const given = [...new Set(params.keys())].flatMap((key) => {
    const values = params.getAll(key).filter((value) => value !== '');
    return values.length === 0 ? [] : [[key, values.length === 1 ? values[0] : values] as const];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const issue = result.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    throw new PlayheadError('INVALID_INPUT', `${field}: ${issue?.message}`, { field });
  }
  return result.data;
}

/** Text that can be looked for: PostgreSQL's texts hold no NUL, and it refuses to compare with one. */
export function toSearchText(value: string): string {
  return value.replaceAll('\0', '').trim();
}
