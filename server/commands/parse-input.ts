import type { z } from 'zod';
import { toFieldLabel } from '#lib/field-labels.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

/**
 * Reads a command's input by its schema. Throws INVALID_INPUT, or TEXT_TOO_LONG, about the first
 * field that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || undefined;
  const options = { cause: parsed.error, ...(field === undefined ? {} : { field }) };
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    const sentence = `${toFieldLabel(field ?? 'text')}: more than ${issue.maximum} characters.`;
    throw new PlayheadError('TEXT_TOO_LONG', sentence, options);
  }
  const sentence =
    field === undefined ? issue?.message : `${toFieldLabel(field)}: ${issue?.message}`;
  throw new PlayheadError('INVALID_INPUT', sentence ?? 'The input is not a command.', options);
}
