'use client';

import { Anchor, UnstyledButton } from '@mantine/core';
import Link from 'next/link';
import type { RefObject } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeadLetterItem, DeadLetterState } from '#lib/contracts/dead-letters.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatKnown, toEventHref, toTimeMachineHref } from './dead-letter-words.ts';
import classes from './dead-letters.module.css';
import type { LetterKey } from './use-letter-view.ts';

export type LettersTableProps = {
  letters: readonly DeadLetterItem[];
  state: DeadLetterState;
  open: LetterKey | null;
  onOpen: (letter: LetterKey) => void;
  tableRef: RefObject<HTMLTableElement | null>;
};

/** One row for each aggregate that waits, or event that was skipped; a row opens it in full. */
export function LettersTable({ letters, state, open, onOpen, tableRef }: LettersTableProps) {
  return (
    <div className={classes.letters}>
      <table
        ref={tableRef}
        className={classes.table}
        aria-label={state === 'waiting' ? 'Aggregates that wait' : 'Skipped events'}
      >
        <thead>
          <tr>
            <th scope="col">Aggregate</th>
            <th scope="col">Event</th>
            <th scope="col">See</th>
            {state === 'waiting' ? <WaitingHeader /> : <SkippedHeader />}
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr
              key={`${letter.aggregateId} ${letter.eventSequence}`}
              data-selected={isOpen(letter, open) || undefined}
            >
              <Place letter={letter} onOpen={onOpen} />
              {state === 'waiting' ? (
                <WaitingCells letter={letter} />
              ) : (
                <SkippedCells letter={letter} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isOpen(letter: DeadLetterItem, open: LetterKey | null): boolean {
  return letter.aggregateId === open?.aggregateId && letter.eventSequence === open.eventSequence;
}

type PlaceProps = { letter: DeadLetterItem; onOpen: (letter: LetterKey) => void };

function Place({ letter, onOpen }: PlaceProps) {
  const words = useConsole();
  const { label, href, noun } = words.nameAggregate(letter.aggregateId);
  const { projection, aggregateId, eventSequence } = letter;
  return (
    <>
      <td data-main>
        <UnstyledButton
          className={classes.choose}
          data-row-link
          onClick={() => onOpen({ projection, aggregateId, eventSequence })}
        >
          {label}
        </UnstyledButton>
        {letter.isUnfoldable && letter.skipped !== null ? (
          <span className={classes.mark}>
            <StatusBadge tone="warn">Cannot be folded</StatusBadge>
          </span>
        ) : null}
      </td>
      <td>
        <Anchor component={Link} inherit prefetch={false} href={toEventHref(words, letter)}>
          Event {formatCount(eventSequence)}
        </Anchor>
      </td>
      <td>
        <Anchor component={Link} inherit prefetch={false} href={href}>
          {noun.charAt(0).toUpperCase() + noun.slice(1)}
        </Anchor>
        {' · '}
        <Anchor component={Link} inherit prefetch={false} href={toTimeMachineHref(words, letter)}>
          Time machine
        </Anchor>
      </td>
    </>
  );
}

function WaitingHeader() {
  return (
    <>
      <th scope="col" data-align="end">
        Behind
      </th>
      <th scope="col" data-align="end">
        Attempts
      </th>
      <th scope="col">First failed</th>
      <th scope="col">Last failed</th>
    </>
  );
}

function WaitingCells({ letter }: { letter: DeadLetterItem }) {
  return (
    <>
      <td data-align="end" data-header="behind">
        {formatKnown(letter.waiting)}
      </td>
      <td data-align="end" data-header="attempts">
        {formatCount(letter.attempts)}
      </td>
      <td data-small="hidden">
        <Time iso={letter.firstFailedAt} />
      </td>
      <td data-small="hidden">
        <Time iso={letter.lastFailedAt} />
      </td>
    </>
  );
}

function SkippedHeader() {
  return (
    <>
      <th scope="col">Skipped by</th>
      <th scope="col">Skipped</th>
      <th scope="col">Why</th>
    </>
  );
}

function SkippedCells({ letter: { skipped } }: { letter: DeadLetterItem }) {
  return (
    <>
      <td>{skipped?.by}</td>
      <td>{skipped ? <Time iso={skipped.at} /> : null}</td>
      <td className={classes.why} title={skipped?.reason}>
        {skipped?.reason}
      </td>
    </>
  );
}
