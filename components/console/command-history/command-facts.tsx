'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import facts from '#components/console/events/event-facts.module.css';
import { useConsole } from '#components/console/use-console.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { Time } from '#components/ui/time.tsx';
import type { CommandItem } from '#lib/contracts/command-history.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { AggregateLinks } from './aggregate-links.tsx';
import classes from './command-facts.module.css';
import { ORIGIN_NOTES, toTraceHref } from './command-words.ts';

/** Everything about one command: what came of it and why, who asked, and what it wrote. */
export function CommandFacts({ command }: { command: CommandItem }) {
  const { toSentence } = useConsole();
  const { rule, events, commandId, correlationId, outcome } = command;
  return (
    <dl className={facts.facts}>
      {rule ? (
        <Fact label="Failed rule">
          <strong>{rule.sentence}</strong>
          <code className={facts.dim}>{rule.code}</code>
          {rule.field ? (
            <span className={facts.dim}>about {toEventTypeName(rule.field).toLowerCase()}</span>
          ) : null}
        </Fact>
      ) : null}
      {ORIGIN_NOTES[command.origin] ? (
        <Fact label="Origin">{ORIGIN_NOTES[command.origin]}</Fact>
      ) : null}
      <Fact label="When">
        <Time iso={command.at} precision="millisecond" />
      </Fact>
      <Fact label="Of">
        {command.aggregateIds.length === 0 ? (
          <span className={facts.dim}>It was refused before that was understood.</span>
        ) : (
          <AggregateLinks ids={command.aggregateIds} all />
        )}
      </Fact>
      <Fact label="Actor">
        <Anchor
          component={Link}
          inherit
          href={`/commands?${new URLSearchParams({ actor: command.actor })}`}
        >
          {command.actor}
        </Anchor>
      </Fact>
      <Fact label="Type">
        {toEventTypeName(command.commandType)}
        <span className={facts.dim}>{command.commandType}</span>
      </Fact>
      <Fact label="Command id">
        <IdText value={commandId} label="Copy command id" />
      </Fact>
      {correlationId ? (
        <Fact label="Correlation">
          <IdText value={correlationId} label="Copy correlation id" />
          <Anchor component={Link} inherit href={toTraceHref(correlationId)}>
            Trace
          </Anchor>
        </Fact>
      ) : null}
      <Fact label="Events">
        {events.length === 0 ? (
          <span className={facts.dim}>
            {outcome === 'rejected'
              ? 'None: a command that is refused changes nothing.'
              : correlationId === null
                ? 'None: nothing had to change.'
                : 'None in the journal yet.'}
          </span>
        ) : (
          <ul className={classes.events}>
            {events.map((event) => (
              <li key={event.eventId}>
                <Anchor
                  component={Link}
                  inherit
                  href={`/events/${encodeURIComponent(event.eventId)}`}
                  prefetch={false}
                >
                  {toSentence(event)}
                </Anchor>
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={facts.fact}>
      <dt className={facts.label}>{label}</dt>
      <dd className={facts.value}>{children}</dd>
    </div>
  );
}
