/**
 * The sequence that an event follows on where some of its aggregate's events were skipped; undefined
 * when that is the one before it, as usual. Pure.
 */
export function toFollows(
  eventSequence: number,
  skipped: ReadonlySet<number> | undefined,
): number | undefined {
  if (!skipped?.has(eventSequence - 1)) {
    return undefined;
  }
  let follows = eventSequence - 2;
  while (skipped.has(follows)) {
    follows -= 1;
  }
  return follows;
}
