'use client';

import { Tooltip } from '@mantine/core';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { describeTrouble } from './trouble-words.ts';
import { useSystem } from './use-system.ts';

export type TroubleMarkProps = {
  aggregateId: string;
  /** Of one event; without it, of any event of the aggregate. */
  eventSequence?: number;
};

/** Marks an aggregate or an event with which something is the matter; nothing for all others. */
export function TroubleMark({ aggregateId, eventSequence }: TroubleMarkProps) {
  const { data } = useSystem();
  const trouble = data?.causes
    .flatMap(({ events }) => events)
    .find(
      (event) =>
        event.aggregateId === aggregateId &&
        (eventSequence ?? event.eventSequence) === event.eventSequence,
    );
  return trouble === undefined ? null : (
    <Mark trouble={trouble} isEvent={eventSequence !== undefined} />
  );
}

function Mark({ trouble, isEvent }: { trouble: EventTrouble; isEvent: boolean }) {
  const words = useConsole();
  const waits = trouble.waitsIn.length > 0;
  const place = isEvent ? 'here' : `at event ${formatCount(trouble.eventSequence)}`;
  const rest = isEvent ? '' : ` at event ${formatCount(trouble.eventSequence)}`;
  return (
    <Tooltip label={describeTrouble(words, trouble)} w={320} multiline>
      <span>
        <StatusBadge tone={waits ? 'bad' : 'warn'}>
          {waits ? `Waits ${place}` : `Skipped${rest}`}
        </StatusBadge>
      </span>
    </Tooltip>
  );
}
