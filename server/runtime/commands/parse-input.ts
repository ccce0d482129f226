import type { z } from 'zod';
import { type FieldLabels, toFieldLabel } from '#lib/field-labels.ts';
import { PlayheadError, type RejectionCode } from '#lib/playhead-error.ts';

/**
 * Reads a command's input by its schema. Throws INVALID_INPUT, TEXT_TOO_LONG, or the code that the schema
 * names (`refuseInput`), about the first field that is wrong, which is called what its form calls it.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  labels: FieldLabels = {},
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || undefined;
  const options = { cause: parsed.error, ...(field === undefined ? {} : { field }) };
  if (issue?.code === 'custom' && issue.params !== undefined) {
    throw new PlayheadError(issue.params.code, issue.message, options);
  }
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    const sentence = `${toFieldLabel(field ?? 'text', labels)}: more than ${issue.maximum} characters.`;
    throw new PlayheadError('TEXT_TOO_LONG', sentence, options);
  }
  const sentence =
    field === undefined ? issue?.message : `${toFieldLabel(field, labels)}: ${issue?.message}`;
  throw new PlayheadError('INVALID_INPUT', sentence ?? 'The input is not a command.', options);
}

/** Lets a schema's transformation refuse a field with a code and a whole sentence of its own. */
export function refuseInput(
  ctx: z.RefinementCtx,
  { code, message, field }: { code: RejectionCode; message: string; field: string },
): void {
  ctx.addIssue({ code: 'custom', message, path: [field], params: { code } });
}
