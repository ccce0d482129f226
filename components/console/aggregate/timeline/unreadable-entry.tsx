'use client';

import { IconAlertTriangle } from '@tabler/icons-react';
import { JsonView } from '#components/ui/json-view.tsx';
import type { UnreadableItem } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import classes from './event-entry.module.css';

/** What lies in the place of an event and is none: why, and the item as it is stored. */
export function UnreadableEntry({ item }: { item: UnreadableItem }) {
  const { eventSequence, unreadable, rawItem } = item;
  return (
    <article className={classes.entry} aria-label={`Event ${eventSequence}, unreadable`}>
      <span className={classes.sequence}>
        <span className={classes.hash}>#</span>
        {formatCount(eventSequence)}
      </span>
      <IconAlertTriangle size={18} color="var(--mantine-color-red-text)" aria-hidden />
      <div className={classes.body}>
        <div className={classes.line}>
          <span className={classes.sentence}>This item is no event</span>
          <span className={classes.note}>{unreadable}</span>
        </div>
        {rawItem === null ? null : <JsonView value={parse(rawItem)} label="Raw item" />}
      </div>
    </article>
  );
}

function parse(rawItem: string): unknown {
  try {
    return JSON.parse(rawItem);
  } catch {
    return rawItem;
  }
}
