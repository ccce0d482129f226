/** The sequence of the next event after `sequence` that was not skipped. */
export function nextKept(sequence: number, skipped: ReadonlySet<number>): number {
  let next = sequence + 1;
  while (skipped.has(next)) {
    next += 1;
  }
  return next;
}
