'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FirstAction } from '#components/console/first-action.tsx';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { NO_FILTERS } from './event-filters.ts';
import rows from './event-row.module.css';
import { EventRow, EventRowHeader } from './event-row.tsx';
import classes from './recent-events-panel.module.css';
import { useEventFeed } from './use-event-feed.ts';

const SHOWN = 10;

/** The newest events. They follow by themselves, but for while the reader points at them. */
export function RecentEventsPanel() {
  const router = useRouter();
  const [held, setHeld] = useState(false);
  const { query, waiting, showNew, showing, freshAfter } = useEventFeed(NO_FILTERS, SHOWN, !held);
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Panel
      title="Recent events"
      query={{ ...query, data: items }}
      flush
      isEmpty={(events) => events.length === 0}
      empty={{
        title: 'No event yet',
        hint: 'Whatever happens shows here within a blink.',
        action: <FirstAction />,
      }}
      actions={
        <Anchor component={Link} href="/events" size="sm">
          All events
        </Anchor>
      }
    >
      {(events) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing only holds the rows still
        <div
          className={`${classes.place} ${rows.frame}`}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <NewRowsPill count={held ? waiting : 0} noun="event" onShow={showNew} loading={showing} />
          <table className={rows.table} aria-label="Recent events">
            <thead>
              <EventRowHeader />
            </thead>
            <tbody>
              {events.map((item) => (
                <EventRow
                  key={item.eventId}
                  item={item}
                  fresh={(item.position ?? 0) > freshAfter}
                  selected={false}
                  onOpen={(eventId) => router.push(`/events?event=${eventId}`)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
