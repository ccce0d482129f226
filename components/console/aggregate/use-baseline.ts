'use client';

import { useState } from 'react';

/**
 * Up to which event a list was asked for. It stays where it is while others' events arrive, so that
 * no row moves under the reader; `fresh` of them wait until `show`. One's own command (`own`, its
 * sequence; 0 before the first) is shown at once.
 */
export function useBaseline(newest: number, own: number) {
  const [chosen, setChosen] = useState(newest);
  if (chosen === 0 && newest > 0) {
    // The page did not know yet how far the list goes, which it shows whole: nothing of it waits.
    setChosen(newest);
  }
  const baseline = Math.max(chosen, own);
  return {
    baseline,
    fresh: Math.max(0, newest - baseline),
    show: () => setChosen(newest),
  };
}
