/** Seconds from a time of the server's to `now` (milliseconds since 1970), never less than 0; null without one. */
export function secondsSince(iso: string | null, now: number): number | null {
  return iso === null ? null : Math.max(0, (now - Date.parse(iso)) / 1_000);
}
