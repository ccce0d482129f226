'use client';

import { Anchor, Button, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { CopyLink } from './copy-link.tsx';
import { EventFacts } from './event-facts.tsx';
import { useEventDetail } from './use-event-detail.ts';

/** One event at its own address. */
export function EventPage({ eventId }: { eventId: string }) {
  const query = useEventDetail(eventId);
  const detail = query.data;
  const { nameAggregate, toSentence, toNote } = useConsole();
  const noun = detail ? nameAggregate(detail.event.aggregateId).noun : 'aggregate';
  const note = detail ? toNote(detail.event) : null;
  return (
    <>
      <PageHeader
        title={detail ? toSentence(detail.event) : 'Event'}
        subtitle={
          <>
            <Anchor component={Link} href="/events" inherit>
              Events
            </Anchor>
            {note === null ? null : ` · ${note}`}
          </>
        }
        actions={
          <Group gap={8}>
            <Step
              eventId={detail?.previousEventId}
              reason={detail ? `This is the ${noun}’s first event.` : 'The event is not loaded.'}
              label={`Previous in ${noun}`}
              icon={<IconArrowLeft size={16} aria-hidden />}
            />
            <Step
              eventId={detail?.nextEventId}
              reason={detail ? `This is the ${noun}’s newest event.` : 'The event is not loaded.'}
              label={`Next in ${noun}`}
              icon={<IconArrowRight size={16} aria-hidden />}
            />
            <CopyLink path={`/events/${encodeURIComponent(eventId)}`} />
          </Group>
        }
      />
      <Panel title="Event" hideTitle query={query}>
        {(found) => <EventFacts detail={found} />}
      </Panel>
    </>
  );
}

type StepProps = {
  eventId: string | null | undefined;
  /** Why there is nowhere to go. */
  reason: string;
  label: string;
  icon: ReactElement;
};

function Step({ eventId, reason, label, icon }: StepProps) {
  return eventId ? (
    <Button
      component={Link}
      href={`/events/${encodeURIComponent(eventId)}`}
      variant="default"
      leftSection={icon}
    >
      {label}
    </Button>
  ) : (
    <DisabledReason reason={reason}>
      <Button variant="default" leftSection={icon}>
        {label}
      </Button>
    </DisabledReason>
  );
}
