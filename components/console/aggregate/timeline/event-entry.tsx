'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { memo } from 'react';
import { EventIcon } from '#components/console/events/event-icon.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Time } from '#components/ui/time.tsx';
import type { EventItem } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import type { Density } from './density.ts';
import classes from './event-entry.module.css';
import { RawItem } from './raw-item.tsx';

export type EventEntryProps = {
  event: EventItem;
  density: Density;
  /** Leaves the time out, where it stands beside. */
  withoutTime?: boolean;
};

/** One event: what happened, when, by whom, in which correlation, and as it is stored. */
export const EventEntry = memo(function EventEntry({
  event,
  density,
  withoutTime = false,
}: EventEntryProps) {
  const { toSentence, toNote } = useConsole();
  const note = toNote(event);
  return (
    <article
      className={classes.entry}
      data-density={density}
      aria-label={`Event ${event.eventSequence}`}
    >
      <span className={classes.sequence}>
        <span className={classes.hash}>#</span>
        {formatCount(event.eventSequence)}
      </span>
      <EventIcon eventType={event.eventType} />
      <div className={classes.body}>
        <div className={classes.line}>
          <Anchor
            component={Link}
            prefetch={false}
            href={`/events/${event.eventId}`}
            className={classes.sentence}
            c="inherit"
          >
            {toSentence(event)}
          </Anchor>
          {note ? <span className={classes.note}>{note}</span> : null}
          {withoutTime ? null : (
            <span className={classes.time}>
              <Time iso={event.timestamp} />
            </span>
          )}
        </div>
        {density === 'full' ? <Details event={event} /> : null}
      </div>
    </article>
  );
});

function Details({ event }: { event: EventItem }) {
  const { correlationId, metadata } = event;
  return (
    <div className={classes.details}>
      <span>
        {event.eventType} v{event.version}
      </span>
      <span>by {metadata.actor}</span>
      <span className={classes.id}>
        correlation{' '}
        <Anchor
          component={Link}
          prefetch={false}
          href={`/events?correlation=${encodeURIComponent(correlationId)}`}
          inherit
          className={classes.code}
          title={correlationId}
        >
          {correlationId}
        </Anchor>
      </span>
      <span className={classes.id}>
        event <code className={classes.code}>{event.eventId}</code>
        <CopyButton value={event.eventId} label="Copy event id" />
      </span>
      <RawItem event={event} />
    </div>
  );
}
