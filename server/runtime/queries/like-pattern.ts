/** A LIKE pattern that finds `text` anywhere, with its own wildcards taken as they are. */
export function containsPattern(text: string): string {
  return `%${escapeWildcards(text)}%`;
}

/** A LIKE pattern that finds what begins with `text`. */
export function startsWithPattern(text: string): string {
  return `${escapeWildcards(text)}%`;
}

function escapeWildcards(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
