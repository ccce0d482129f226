import type { ExistingTemplate, TemplateState } from '#lib/modules/templates/template-state.ts';
import { type Rejection, reject } from '#server/runtime/commands/decision.ts';

/** Together they stay below DynamoDB's 400 KB for an item, that of an event as that of a snapshot. */
export const MAX_TEXT_BYTES = 256 * 1024;
export const MAX_PARAMETERS_BYTES = 64 * 1024;

export const MAX_DESCRIPTION_LENGTH = 2_000;
export const MAX_REASON_LENGTH = 200;

/** The template, when it is in use; else the rejection that says what it is instead. */
export function requireActive(
  templateId: string,
  state: TemplateState,
): ExistingTemplate | Rejection {
  switch (state.status) {
    case 'missing':
      return reject('TEMPLATE_NOT_FOUND', `There is no template ${templateId}.`, 'templateId');
    case 'deprecated':
      return reject(
        'TEMPLATE_DEPRECATED',
        `The template ${templateId} was deprecated on ${state.deprecatedAt?.slice(0, 10)}.`,
        'templateId',
      );
    case 'active':
      return state;
  }
}

/** A text is at most `limit` characters. */
export function checkLength(field: string, text = '', limit: number): Rejection | undefined {
  return text.length > limit
    ? reject(
        'TEXT_TOO_LONG',
        `The ${field} has ${text.length} characters; at most ${limit} are kept.`,
        field,
      )
    : undefined;
}

/** What is kept is at most `limit` bytes. */
export function checkSize(field: string, text: string, limit: number): Rejection | undefined {
  const bytes = new TextEncoder().encode(text).length;
  return bytes > limit
    ? reject(
        'TEMPLATE_TOO_LARGE',
        `The ${field === 'text' ? 'template has' : 'parameters have'} ${bytes} bytes; at most ${limit} are kept.`,
        field,
      )
    : undefined;
}
