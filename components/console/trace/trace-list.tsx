'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import {
  DELIVERY_WORDS,
  toCommandHref,
} from '#components/console/command-history/command-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Trace } from '#lib/contracts/command-history.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import classes from './trace-list.module.css';

/** A trace in words: each command, the events that it wrote, and then what the views have of them. */
export function TraceList({ trace: { commands, views } }: { trace: Trace }) {
  const { nameAggregate, nameView, toSentence } = useConsole();
  const types = [...new Set(views.map(({ aggregateType }) => aggregateType))];
  return (
    <div className={classes.trace}>
      <ol className={classes.list} aria-label="Commands and their events">
        {commands.map((command) => (
          <li key={command.id}>
            <p className={classes.command}>
              <Anchor
                component={Link}
                inherit
                fw={600}
                href={toCommandHref(command.id, command.correlationId ?? undefined)}
              >
                {toEventTypeName(command.commandType)}
              </Anchor>
              <span className={classes.dim}>
                by {command.actor} · <Time iso={command.at} precision="millisecond" />
              </span>
              {command.origin === 'not-recorded' ? (
                <StatusBadge tone="bad">No record</StatusBadge>
              ) : null}
            </p>
            <ul className={classes.events}>
              {command.events.map((event) => {
                const { href, label } = nameAggregate(event.aggregateId);
                return (
                  <li key={event.eventId}>
                    <Anchor
                      component={Link}
                      inherit
                      href={`/events/${encodeURIComponent(event.eventId)}`}
                      prefetch={false}
                    >
                      {toSentence(event)}
                    </Anchor>{' '}
                    <Anchor component={Link} inherit href={href} prefetch={false} c="dimmed">
                      {label}
                    </Anchor>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ol>
      {types.map((type) => (
        <table key={type} className={classes.views}>
          <caption className={classes.dim}>
            What the views of {nameAggregate(`${type}#`).noun}s have of it
          </caption>
          <thead className={classes.head}>
            <tr>
              <th scope="col">View</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {views
              .filter(({ aggregateType }) => aggregateType === type)
              .map(({ view, database, state, note }) => (
                <tr key={view}>
                  <th scope="row">
                    {nameView(view).label} <span className={classes.dim}>{database}</span>
                  </th>
                  <td>
                    <StatusBadge tone={DELIVERY_WORDS[state].tone}>
                      {DELIVERY_WORDS[state].text}
                    </StatusBadge>
                    {note ? <span className={classes.dim}> {note}</span> : null}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
