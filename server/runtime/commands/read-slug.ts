import { z } from 'zod';
import { SLUG_SENTENCE, toSlug } from '#lib/slug.ts';
import { refuseInput } from './parse-input.ts';

/** The id, which is a slug, that an operator means by a field's text. Refuses a text that can be none: INVALID_INPUT. */
export function readSlug(ctx: z.RefinementCtx, text: string, field: string): string {
  const slug = toSlug(text);
  if (slug === undefined) {
    const message = `“${text.slice(0, 40)}” is no ${field.replace(/Id$/, '')}’s id. ${SLUG_SENTENCE}`;
    refuseInput(ctx, { code: 'INVALID_INPUT', message, field });
    return z.NEVER;
  }
  return slug;
}
