'use client';

import { Alert, Anchor, Code, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { describeTrouble, nameEvent, toCommands } from '#components/system/trouble-words.ts';
import { Time } from '#components/ui/time.tsx';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { useStanding } from '../use-standing.ts';

export type TroubleBannerProps = {
  accountId: string;
  /** Says what concerns this event only. */
  eventSequence?: number;
};

/** Says at which events the account waits, or cannot be folded past: where, why, and what to do. */
export function TroubleBanner({ accountId, eventSequence }: TroubleBannerProps) {
  const { data } = useStanding(accountId);
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
          {wall.sentence} The account is known up to the event before; commands on it are refused
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
  const { accountId, eventSequence, eventId, waitsIn, skipped } = trouble;
  const waits = waitsIn.length > 0;
  const commands = toCommands(trouble);
  return (
    <Alert
      color={waits ? 'red' : 'yellow'}
      radius="lg"
      title={
        waits
          ? `This account waits at event ${formatCount(eventSequence)}`
          : `Event ${formatCount(eventSequence)} was skipped`
      }
      icon={<IconAlertTriangle aria-hidden />}
    >
      {describeTrouble(trouble)}
      {skipped ? (
        <>
          {' '}
          (skipped <Time iso={skipped.at} />)
        </>
      ) : null}{' '}
      {eventId === null ? (
        <Anchor
          component={Link}
          inherit
          href={`/accounts/${encodeURIComponent(accountId)}?tab=timeline`}
        >
          See the timeline
        </Anchor>
      ) : (
        <Anchor component={Link} inherit href={`/events/${encodeURIComponent(eventId)}`}>
          {nameEvent(trouble)}
        </Anchor>
      )}
      {commands.length === 0 ? null : (
        <Code block mt="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {commands.join('\n')}
        </Code>
      )}
    </Alert>
  );
}
