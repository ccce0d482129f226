'use client';

import Link from 'next/link';
import type { MouseEvent } from 'react';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { Time } from '#components/ui/time.tsx';
import type { EventItem } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { EventIcon } from './event-icon.tsx';
import classes from './event-row.module.css';

export type EventRowProps = {
  item: EventItem;
  /** Came with the last batch: marked for a moment. */
  fresh: boolean;
  selected: boolean;
  /** aria-rowindex, where the header is 1; for a list that is drawn in part. */
  rowIndex?: number;
  /** Opens the details; without it the row's link leads to the event's own page. */
  onOpen?: (eventId: string) => void;
};

/** One event in a line: what happened, to what, when, and who did it. */
export function EventRow({ item, fresh, selected, rowIndex, onOpen }: EventRowProps) {
  const { nameAggregate, toSentence, toNote } = useConsole();
  const note = toNote(item);
  const aggregate = nameAggregate(item.aggregateId);
  function open(event: MouseEvent) {
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (onOpen && plain) {
      event.preventDefault();
      onOpen(item.eventId);
    }
  }
  return (
    <tr
      className={classes.row}
      data-fresh={fresh || undefined}
      data-selected={selected || undefined}
      aria-rowindex={rowIndex}
    >
      <td className={classes.what}>
        <EventIcon eventType={item.eventType} />
        <span className={classes.words}>
          <Link
            href={`/events/${encodeURIComponent(item.eventId)}`}
            className={classes.sentence}
            prefetch={false}
            data-event-id={item.eventId}
            onClick={open}
          >
            {toSentence(item)}
          </Link>
          {note ? <span className={classes.note}>{note}</span> : null}
          <TroubleMark aggregateId={item.aggregateId} eventSequence={item.eventSequence} />
        </span>
      </td>
      <td className={classes.aggregate}>
        <Link
          href={aggregate.href}
          className={classes.aggregateLink}
          prefetch={false}
          title={aggregate.label}
        >
          {aggregate.id}
        </Link>
      </td>
      <td className={classes.actor}>{item.metadata.actor}</td>
      <td className={classes.time}>
        <Time iso={item.timestamp} />
      </td>
      <td className={classes.position}>
        {item.position === null ? '–' : formatCount(item.position)}
      </td>
    </tr>
  );
}

/** The names of the columns. */
export function EventRowHeader() {
  return (
    <tr className={classes.header}>
      <th scope="col" className={classes.what}>
        What happened
      </th>
      <th scope="col" className={classes.aggregate}>
        Of
      </th>
      <th scope="col" className={classes.actor}>
        Actor
      </th>
      <th scope="col" className={classes.time}>
        Booked
      </th>
      <th scope="col" className={classes.position}>
        Position
      </th>
    </tr>
  );
}
