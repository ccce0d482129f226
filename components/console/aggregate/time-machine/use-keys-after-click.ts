'use client';

import { type RefObject, useEffect } from 'react';

/** What moves by arrows itself: after a click on it, they would choose another tab or another option. */
const ARROWED = '[role=tab], input[type=radio]';

/**
 * After a click anywhere on the page the arrows are the time machine's. Whoever goes by keys alone keeps
 * the focus where it is.
 */
export function useKeysAfterClick(scrubber: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    function takeFocus(from: string) {
      const active = document.activeElement;
      if (active?.matches(from) && active.closest('[role=dialog]') === null) {
        scrubber.current?.focus({ preventScroll: true });
      }
    }
    // The click that opened the time machine came before it was there.
    takeFocus('[role=tab]:not(:focus-visible)');
    function onClick({ detail }: MouseEvent) {
      if (detail > 0) {
        setTimeout(() => takeFocus(ARROWED));
      }
    }
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [scrubber]);
}
