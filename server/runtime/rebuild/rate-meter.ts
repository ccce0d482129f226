/** So much of the past counts. */
const WINDOW_MS = 10_000;

/**
 * Measures a rate over the last ten seconds: told of each batch when its work begins, it answers the
 * events per second of those before, and null as long as there is none.
 */
export function createRateMeter(
  now: () => number = () => performance.now(),
): (events: number) => number | null {
  let batches: { readonly at: number; readonly events: number }[] = [];
  return (events) => {
    const at = now();
    // One that is older stays: the time since then is what the others are measured by.
    const firstRecent = batches.findIndex((batch) => at - batch.at <= WINDOW_MS);
    batches = batches.slice(firstRecent === -1 ? -1 : Math.max(0, firstRecent - 1));
    const done = batches.reduce((sum, batch) => sum + batch.events, 0);
    const seconds = (at - (batches[0]?.at ?? at)) / 1_000;
    batches.push({ at, events });
    return seconds > 0 ? done / seconds : null;
  };
}
