/**
 * A part of a page's path as Next hands it out: decoded for the page, encoded for its metadata. What
 * cannot be decoded (a `%` that was decoded before) is taken as it is.
 */
export function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
