'use client';

import { useRef } from 'react';
import type { TimelineItem } from '#lib/contracts/queries.ts';
import { type MorePages, useMorePages } from '../use-more-pages.ts';
import { useRowWindow } from '../use-row-window.ts';
import type { Density } from './density.ts';
import { EventEntry } from './event-entry.tsx';
import classes from './event-list.module.css';
import { UnreadableEntry } from './unreadable-entry.tsx';

export type EventListProps = {
  items: readonly TimelineItem[];
  density: Density;
  pages: MorePages;
};

/** The events that are near the screen, newest first, and what lies among them and is none. */
export function EventList({ items, density, pages }: EventListProps) {
  const listRef = useRef<HTMLOListElement>(null);
  const { rows, before, after, measure } = useRowWindow({
    listRef,
    count: items.length,
    estimate: density === 'full' ? 84 : 37,
    toKey: (index) => `${density} ${items[index]?.eventSequence ?? index}`,
  });
  useMorePages(pages, rows.at(-1)?.index ?? -1, items.length);
  return (
    <ol
      ref={listRef}
      className={classes.list}
      aria-label="Events"
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {rows.map(({ index, key }) => {
        const event = items[index];
        return event ? (
          <li key={key} ref={measure} data-index={index} className={classes.item}>
            {'unreadable' in event ? (
              <UnreadableEntry item={event} />
            ) : (
              <EventEntry event={event} density={density} />
            )}
          </li>
        ) : null;
      })}
    </ol>
  );
}
