'use client';

import { useEffect } from 'react';

/** So many rows before the end of what is loaded, the next page is asked for. */
const AHEAD = 30;

export type MorePages = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => unknown;
};

/** Loads the next page of a list when the reader comes near the end of what is loaded. */
export function useMorePages(pages: MorePages, lastShown: number, loaded: number): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;
  const near = lastShown >= 0 && lastShown >= loaded - AHEAD;
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [near, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
}
