'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

export type RowWindowOptions = {
  /** The element that holds the rows; the page is what scrolls. */
  listRef: RefObject<HTMLElement | null>;
  count: number;
  /** A row's height before it has been measured, in pixels. */
  estimate: number;
  toKey: (index: number) => string;
};

/**
 * Draws the rows near what is on the screen only. `before` and `after` are the heights in pixels of
 * the rows that are left out; each drawn row takes `measure` as its ref and its index as data-index.
 */
export function useRowWindow({ listRef, count, estimate, toKey }: RowWindowOptions) {
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = listRef.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(Math.round(top + window.scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => estimate,
    getItemKey: toKey,
    overscan: 12,
    scrollMargin,
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0];
  const last = rows.at(-1);
  return {
    rows,
    before: first ? first.start - scrollMargin : 0,
    after: last ? virtualizer.getTotalSize() - (last.end - scrollMargin) : 0,
    measure: virtualizer.measureElement,
  };
}
