import { countOf } from '#lib/count-format.ts';

/** So much of a worker's id tells it from others: it ends with what is its own. */
const OWN_LENGTH = 8;

/** Who is at it, in a column's width: one worker by the end of its id, several as a number. Pure. */
export function toShortWorkers(workers: readonly string[]): string {
  const [first] = workers;
  if (first === undefined) {
    return 'None';
  }
  return workers.length === 1 ? first.slice(-OWN_LENGTH) : countOf(workers.length, 'worker');
}
