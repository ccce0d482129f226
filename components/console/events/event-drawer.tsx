'use client';

import { ActionIcon, Button, Drawer, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import Link from 'next/link';
import type { Happened } from '#components/console/console-module.ts';
import { useCloseBehind } from '#components/console/operations/operation-provider.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { CopyLink } from './copy-link.tsx';
import classes from './event-drawer.module.css';
import { EventFacts } from './event-facts.tsx';
import { EventIcon } from './event-icon.tsx';
import { useEventDetail } from './use-event-detail.ts';

export type EventDrawerProps = {
  /** The event whose details are open; null closes it. */
  eventId: string | null;
  onClose: () => void;
  /** To the row above and below; null at the list's end. */
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
};

/** One event of the list in full, beside the list. */
export function EventDrawer({ eventId, onClose, onNewer, onOlder }: EventDrawerProps) {
  const query = useEventDetail(eventId);
  const event = query.data?.event;
  const path = `/events/${encodeURIComponent(eventId ?? '')}`;
  return (
    <Drawer
      opened={eventId !== null}
      onClose={useCloseBehind(onClose)}
      position="right"
      size={560}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={event ? <DrawerTitle event={event} /> : 'Event'}
      returnFocus={false}
    >
      <Group gap={6} mb="sm">
        <DisabledReason reason={onNewer ? null : 'This is the newest event of the list.'}>
          <ActionIcon variant="default" aria-label="Newer event" onClick={onNewer ?? undefined}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
        </DisabledReason>
        <DisabledReason reason={onOlder ? null : 'This is the last event loaded in the list.'}>
          <ActionIcon variant="default" aria-label="Older event" onClick={onOlder ?? undefined}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
        </DisabledReason>
        <Button component={Link} href={path} variant="default" size="compact-md">
          Open its page
        </Button>
        <CopyLink path={path} compact />
      </Group>
      {query.data ? <EventFacts detail={query.data} /> : null}
      {query.isPending ? <PanelSkeleton lines={8} /> : null}
      {query.error && !query.data ? (
        <QueryError
          error={query.error}
          what="Event"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
    </Drawer>
  );
}

function DrawerTitle({ event }: { event: Happened }) {
  const { toSentence, toNote } = useConsole();
  const note = toNote(event);
  return (
    <span className={classes.title}>
      <EventIcon eventType={event.eventType} />
      <span>
        <span className={classes.sentence}>{toSentence(event)}</span>
        {note ? <span className={classes.note}>{note}</span> : null}
      </span>
    </span>
  );
}
