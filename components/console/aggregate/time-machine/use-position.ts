'use client';

import { parseAsInteger, throttle, useQueryState } from 'nuqs';

/** The URL follows the position so often: browsers allow about a hundred changes in 30 seconds. */
const URL_MS = 400;

/**
 * Where the time machine stands, 0 to `version`. Without a sequence in the URL it is the newest
 * event, and stays with it as events arrive.
 */
export function usePosition(version: number) {
  const [seq, setSeq] = useQueryState(
    'seq',
    parseAsInteger.withOptions({ limitUrlUpdates: throttle(URL_MS) }),
  );
  const position = Math.min(Math.max(seq ?? version, 0), version);
  return {
    position,
    /** Whether the position stays with the newest event. */
    following: seq === null,
    moveTo: (sequence: number) => void setSeq(Math.min(Math.max(Math.round(sequence), 0), version)),
    follow: () => void setSeq(null),
  };
}
