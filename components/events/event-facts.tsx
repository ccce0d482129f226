'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { TroubleBanner } from '#components/account/header/trouble-banner.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { JsonView } from '#components/ui/json-view.tsx';
import { Time } from '#components/ui/time.tsx';
import type { EventDetail } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-sentence.ts';
import classes from './event-facts.module.css';

/** Everything about one event: what, when, who and why, its payload and the item as it is stored. */
export function EventFacts({ detail: { event, rawItem } }: { detail: EventDetail }) {
  const { metadata } = event;
  return (
    <>
      <TroubleBanner accountId={event.accountId} eventSequence={event.eventSequence} />
      <dl className={classes.facts}>
        <Fact label="When">
          <Time iso={event.timestamp} precision="millisecond" />
        </Fact>
        <Fact label="Account">
          <Anchor
            component={Link}
            inherit
            href={`/accounts/${encodeURIComponent(event.accountId)}`}
          >
            {event.accountId}
          </Anchor>
          <span className={classes.dim}>event {formatCount(event.eventSequence)} of it</span>
        </Fact>
        <Fact label="Journal position">
          {event.position === null ? 'Not in the journal yet' : formatCount(event.position)}
        </Fact>
        <Fact label="Type">
          {toEventTypeName(event.eventType)}
          <span className={classes.dim}>
            {event.eventType} in version {event.version}
          </span>
        </Fact>
        <Fact label="Actor">
          <Anchor component={Link} inherit href={toFeed({ actor: metadata.actor })}>
            {metadata.actor}
          </Anchor>
        </Fact>
        <Fact label="Command">
          {metadata.commandType}
          <IdText value={metadata.commandId} label="Copy command id" />
        </Fact>
        <Fact label="Correlation">
          <IdText value={event.correlationId} label="Copy correlation id" />
          <Anchor component={Link} inherit href={toFeed({ correlation: event.correlationId })}>
            All its events
          </Anchor>
        </Fact>
        <Fact label="Caused by">
          <IdText value={event.causationId} label="Copy causation id" />
        </Fact>
        <Fact label="Event id">
          <IdText value={event.eventId} label="Copy event id" />
        </Fact>
      </dl>
      <div className={classes.json}>
        <JsonView label="Payload" value={event.eventData} defaultOpened />
        {rawItem ? (
          <JsonView label="Raw item" value={rawItem} />
        ) : (
          <p className={classes.missing}>
            The raw item cannot be read now: DynamoDB does not answer.
          </p>
        )}
      </div>
    </>
  );
}

function toFeed(filter: Record<string, string>): string {
  return `/events?${new URLSearchParams(filter)}`;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}
