const SLUG = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** What a slug is, for a sentence that refuses another text. */
export const SLUG_SENTENCE =
  'It has 1 to 63 letters, digits and hyphens, and no hyphen at its beginning or end.';

/**
 * The canonical form of an id that a person chooses: small letters, without blanks around it. Undefined
 * when the text cannot be one.
 */
export function toSlug(text: string): string | undefined {
  // Tested before it is put in small letters, for the Kelvin sign would become "k".
  const trimmed = text.trim();
  return SLUG.test(trimmed) ? trimmed.toLowerCase() : undefined;
}
