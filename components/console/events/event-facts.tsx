'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import {
  ORIGIN_NOTES,
  toCommandHref,
  toTraceHref,
} from '#components/console/command-history/command-words.ts';
import { toTimeMachineHref } from '#components/console/dead-letters/dead-letter-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { JsonView } from '#components/ui/json-view.tsx';
import { Time } from '#components/ui/time.tsx';
import type { EventDetail } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { EventEffect } from './event-effect.tsx';
import classes from './event-facts.module.css';

/** Everything about one event: what, when, who and why, its payload and the item as it is stored. */
export function EventFacts({ detail }: { detail: EventDetail }) {
  const { event, arrivedAt, rawItem, origin, together } = detail;
  const { metadata } = event;
  const words = useConsole();
  const aggregate = words.nameAggregate(event.aggregateId);
  return (
    <>
      <TroubleBanner aggregateId={event.aggregateId} eventSequence={event.eventSequence} />
      <dl className={classes.facts}>
        <Fact label="Booked">
          <Time iso={event.timestamp} precision="millisecond" />
        </Fact>
        <Fact label="Arrived">
          <Time iso={arrivedAt} precision="millisecond" />
          <span className={classes.dim}>in the journal</span>
        </Fact>
        <Fact label={aggregate.noun.charAt(0).toUpperCase() + aggregate.noun.slice(1)}>
          <Anchor component={Link} inherit href={aggregate.href}>
            {aggregate.id}
          </Anchor>
          <span className={classes.dim}>event {formatCount(event.eventSequence)} of it</span>
          <Anchor component={Link} inherit href={toTimeMachineHref(words, event)} prefetch={false}>
            Time machine
          </Anchor>
        </Fact>
        {together.length > 0 ? (
          <Fact label="Together with">
            {together.map((other) => (
              <Anchor
                key={other.eventId}
                component={Link}
                inherit
                href={`/events/${encodeURIComponent(other.eventId)}`}
                prefetch={false}
              >
                {words.toSentence(other)} · {words.nameAggregate(other.aggregateId).label}
              </Anchor>
            ))}
          </Fact>
        ) : null}
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
          <Anchor
            component={Link}
            inherit
            href={toCommandHref(metadata.commandId, event.correlationId)}
            prefetch={false}
          >
            {toEventTypeName(metadata.commandType)}
          </Anchor>
          <IdText value={metadata.commandId} label="Copy command id" />
        </Fact>
        {ORIGIN_NOTES[origin] ? <Fact label="Origin">{ORIGIN_NOTES[origin]}</Fact> : null}
        <Fact label="Correlation">
          <IdText value={event.correlationId} label="Copy correlation id" />
          <Anchor component={Link} inherit href={toFeed({ correlation: event.correlationId })}>
            All its events
          </Anchor>
          <Anchor component={Link} inherit href={toTraceHref(event.correlationId)} prefetch={false}>
            Trace
          </Anchor>
        </Fact>
        <Fact label="Caused by">
          <IdText value={event.causationId} label="Copy causation id" />
        </Fact>
        <Fact label="Event id">
          <IdText value={event.eventId} label="Copy event id" />
        </Fact>
      </dl>
      <EventEffect aggregateId={event.aggregateId} sequence={event.eventSequence} />
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
