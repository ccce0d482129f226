'use client';

import { Button, Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect } from 'react';
import type { EventItem } from '#lib/contracts/queries.ts';
import rows from './event-row.module.css';
import { EventRow, EventRowHeader } from './event-row.tsx';
import classes from './event-table.module.css';

/** Rows from the end at which more are asked for. */
const AHEAD = 15;

/** A row to scroll to, and whether it gets the focus as well. */
export type RowWish = { readonly eventId: string; readonly focus: boolean };

export type EventTableProps = {
  items: readonly EventItem[];
  /** How many there are on the server. */
  total: number;
  freshAfter: number;
  selectedId: string | null;
  onOpen: (eventId: string) => void;
  more: { hasMore: boolean; loading: boolean; failed: boolean; load: () => void };
  scrollRef: RefObject<HTMLDivElement | null>;
  /** The row that was asked for last; each wish is carried out once. */
  wish: RowWish | null;
  onHold: (held: boolean) => void;
  onTop: (atTop: boolean) => void;
  pill: ReactNode;
};

/** The feed as a table that draws only the rows in sight. */
export function EventTable(props: EventTableProps) {
  const { items, total, more, scrollRef, wish, onHold, onTop } = props;
  const small = useMediaQuery('(max-width: 48em)');
  const rowHeight = small ? 64 : 44;
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.eventId ?? index,
    overscan: 12,
  });
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const before = drawn[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change height with the screen
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const wantsMore = more.hasMore && !more.loading && !more.failed;
  useEffect(() => {
    if (wantsMore && lastDrawn >= items.length - AHEAD) {
      more.load();
    }
  }, [wantsMore, lastDrawn, items.length, more.load]);

  useRowWish(scrollRef, wish, (eventId) => {
    const index = items.findIndex((item) => item.eventId === eventId);
    if (index >= 0) {
      virtualizer.scrollToIndex(index);
    }
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only holds the rows still
    <div
      className={`${classes.place} ${rows.frame}`}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      {props.pill}
      <div
        ref={scrollRef}
        className={classes.scroll}
        onScroll={(event) => onTop(event.currentTarget.scrollTop < 4)}
      >
        <table className={rows.table} aria-label="Events" aria-rowcount={total + 1}>
          <thead className={classes.head}>
            <EventRowHeader />
          </thead>
          <tbody style={{ paddingTop: before, paddingBottom: after }}>
            {drawn.map(({ index, key }) => {
              const item = items[index];
              return item ? (
                <EventRow
                  key={key}
                  item={item}
                  rowIndex={index + 2}
                  fresh={(item.position ?? 0) > props.freshAfter}
                  selected={item.eventId === props.selectedId}
                  onOpen={props.onOpen}
                />
              ) : null;
            })}
          </tbody>
        </table>
        <div className={classes.end}>
          {more.loading ? <Loader size="xs" aria-label="Loading older events" /> : null}
          {more.failed ? (
            <>
              Older events could not be loaded.{' '}
              <Button size="compact-xs" variant="default" onClick={more.load}>
                Try again
              </Button>
            </>
          ) : null}
          {!more.hasMore && items.length > 0 ? 'That is the first event.' : null}
        </div>
      </div>
    </div>
  );
}

/** Carries out a wish: the row may have to be scrolled to and drawn before it can be focused. */
function useRowWish(
  scrollRef: RefObject<HTMLDivElement | null>,
  wish: RowWish | null,
  scrollTo: (eventId: string) => void,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish moves anything
  useEffect(() => {
    if (wish === null) {
      return;
    }
    scrollTo(wish.eventId);
    const frame = requestAnimationFrame(() => {
      const selector = `[data-event-id="${CSS.escape(wish.eventId)}"]`;
      const link = scrollRef.current?.querySelector(selector);
      if (wish.focus && link instanceof HTMLElement) {
        link.focus({ preventScroll: true });
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [wish]);
}
