'use client';

import { Alert, Anchor, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { describeTrouble, nameEvent } from '#components/console/system/trouble-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { Time } from '#components/ui/time.tsx';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { TroubleActions } from './trouble-actions.tsx';
import { useStanding } from './use-standing.ts';

export type TroubleBannerProps = {
  aggregateId: string;
  /** Says what concerns this event only. */
  eventSequence?: number;
};

/** Says at which events the aggregate waits, or cannot be folded past: where, why, and what to do. */
export function TroubleBanner({ aggregateId, eventSequence }: TroubleBannerProps) {
  const { nameAggregate } = useConsole();
  const { noun } = nameAggregate(aggregateId);
  const { data } = useStanding(aggregateId);
  if (data === undefined) {
    return null;
  }
  const concerns = (sequence: number) => (eventSequence ?? sequence) === sequence;
  const troubles = data.troubles.filter((trouble) => concerns(trouble.eventSequence));
  const wall = data.wall && concerns(data.wall.sequence) ? data.wall : null;
  const problems = eventSequence === undefined ? data.problems : [];
  const isWallTold = troubles.some(({ eventSequence }) => eventSequence === wall?.sequence);
  return (
    <Stack gap="sm" mb={troubles.length + problems.length > 0 || wall ? 'md' : 0}>
      {troubles.map((trouble) => (
        <Trouble key={trouble.eventSequence} trouble={trouble} />
      ))}
      {wall && !isWallTold ? (
        <Alert
          color="red"
          radius="lg"
          title={`Event ${formatCount(wall.sequence)} cannot be read`}
          icon={<IconAlertTriangle aria-hidden />}
        >
          {wall.sentence} The {noun} is known up to the event before; commands on it are refused
          until a program that can read it runs.
        </Alert>
      ) : null}
      {problems.map((problem) => (
        <Alert key={problem} color="yellow" radius="lg" title="A part of this is not known now">
          {problem}
        </Alert>
      ))}
    </Stack>
  );
}

function Trouble({ trouble }: { trouble: EventTrouble }) {
  const words = useConsole();
  const { aggregateId, eventSequence, eventId, waitsIn, skipped } = trouble;
  const { noun, href } = words.nameAggregate(aggregateId);
  const waits = waitsIn.length > 0;
  return (
    <Alert
      color={waits ? 'red' : 'yellow'}
      radius="lg"
      title={
        waits
          ? `This ${noun} waits at event ${formatCount(eventSequence)}`
          : `Event ${formatCount(eventSequence)} was skipped`
      }
      icon={<IconAlertTriangle aria-hidden />}
    >
      {describeTrouble(words, trouble)}
      {skipped ? (
        <>
          {' '}
          (skipped <Time iso={skipped.at} />)
        </>
      ) : null}{' '}
      {eventId === null ? (
        <Anchor component={Link} inherit href={`${href}?tab=timeline`}>
          See the timeline
        </Anchor>
      ) : (
        <Anchor component={Link} inherit href={`/events/${encodeURIComponent(eventId)}`}>
          {nameEvent(trouble)}
        </Anchor>
      )}{' '}
      <Anchor component={Link} inherit href={toLettersHref(trouble)}>
        {waits ? 'Its dead letters' : 'What was skipped of it'}
      </Anchor>
      {waits ? <TroubleActions trouble={trouble} /> : null}
    </Alert>
  );
}

function toLettersHref({ aggregateId, waitsIn }: EventTrouble): string {
  const state: Record<string, string> = waitsIn.length > 0 ? {} : { state: 'skipped' };
  return `/dead-letters?${new URLSearchParams({ ...state, aggregate: aggregateId })}`;
}
