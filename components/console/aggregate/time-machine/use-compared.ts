'use client';

import { parseAsInteger, throttle, useQueryState } from 'nuqs';

/** The URL follows the handle so often: browsers allow about a hundred changes in 30 seconds. */
const URL_MS = 400;

/** Which state the one at the position is compared with, in the URL; the event before while none is chosen. */
export function useCompared(position: number, version: number) {
  const [compare, setCompare] = useQueryState(
    'compare',
    parseAsInteger.withOptions({ limitUrlUpdates: throttle(URL_MS) }),
  );
  const chosen = compare === null || compare < 0 || compare > version ? null : compare;
  return {
    /** The chosen sequence; null for the event before. */
    chosen,
    sequence: chosen ?? Math.max(0, position - 1),
    choose: (sequence: number) => void setCompare(Math.min(Math.max(sequence, 0), version)),
    clear: () => void setCompare(null),
  };
}

export type Compared = ReturnType<typeof useCompared>;
