'use client';

import { Button } from '@mantine/core';
import { countOf, formatCount } from '#lib/count-format.ts';
import classes from './list-end.module.css';
import type { MorePages } from './use-more-pages.ts';

export type ListEndProps = {
  pages: MorePages;
  loaded: number;
  total: number;
  /** There are more than `total`. */
  atLeast?: boolean;
  /** What the list leaves out. */
  note?: string | null;
  /** What a row is: "event". */
  noun: string;
};

/** How much of a list is loaded, and a button for the rest where scrolling is not at hand. */
export function ListEnd({ pages, loaded, total, atLeast, note, noun }: ListEndProps) {
  const count = atLeast ? `${formatCount(total)}+ ${noun}s` : countOf(total, noun);
  return (
    <div className={classes.end}>
      {note ? <span>{note}</span> : null}
      {pages.isFetchNextPageError ? (
        <span role="alert">The next page could not be loaded.</span>
      ) : null}
      {pages.hasNextPage ? (
        <>
          <span>
            {formatCount(loaded)} of {count} loaded
          </span>
          <Button
            variant="subtle"
            size="compact-xs"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Load more
          </Button>
        </>
      ) : (
        <span>
          {countOf(total, noun)}: this is {total === 1 ? 'the only one' : 'all of them'}
        </span>
      )}
    </div>
  );
}
