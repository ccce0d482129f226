const USER_ID = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

/** What a user id looks like, for people. */
export const USER_ID_RULE =
  'A user id has 1 to 64 letters, digits and hyphens, no hyphen first or last: “user-001”, or a UUID.';

/**
 * The canonical form of a user id: lower case, without blanks around it. Undefined when the text can be
 * none. An id lasts longer than a name or an address, and stands in places that neither belongs in: it
 * should be made of neither.
 */
export function toUserId(text: string): string | undefined {
  // Tested before its case is changed: the Kelvin sign would become a "k".
  const trimmed = text.trim();
  return USER_ID.test(trimmed) ? trimmed.toLowerCase() : undefined;
}
