'use client';

import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useEventDetail } from '#components/console/events/use-event-detail.ts';
import { JsonView } from '#components/ui/json-view.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { EventItem } from '#lib/contracts/queries.ts';
import classes from './event-entry.module.css';

const LABEL = 'Raw item';

/** The event as it lies in the event store, read when it is asked for; else as this page has it. */
export function RawItem({ event }: { event: EventItem }) {
  const [asked, setAsked] = useState(false);
  const query = useEventDetail(asked ? event.eventId : null);
  if (!asked) {
    return (
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        fw={400}
        leftSection={<IconChevronRight size={14} aria-hidden />}
        aria-expanded={false}
        onClick={() => setAsked(true)}
      >
        {LABEL}
      </Button>
    );
  }
  return (
    <div className={classes.raw}>
      {query.data ? (
        <JsonView value={query.data.rawItem ?? event} label={LABEL} defaultOpened />
      ) : query.error ? (
        <>
          <QueryError
            error={query.error}
            what={LABEL}
            retry={() => void query.refetch()}
            retrying={query.isFetching}
            compact
          />
          <JsonView value={event} label="Event as this page has it" defaultOpened />
        </>
      ) : (
        <PanelSkeleton lines={3} />
      )}
    </div>
  );
}
