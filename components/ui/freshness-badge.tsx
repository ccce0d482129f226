import { Tooltip } from '@mantine/core';
import type { Freshness } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { toLagTone } from './lag-tone.ts';
import { StatusBadge } from './status-badge.tsx';

/** How fresh a view of a read model is: up to date, or by how many events and seconds it is behind. */
export function FreshnessBadge({ freshness }: { freshness: Freshness }) {
  const { projection, position, head, eventsBehind, secondsBehind } = freshness;
  const current = eventsBehind === 0;
  return (
    <Tooltip
      multiline
      w={280}
      label={
        `Read from “${projection}” at position ${formatCount(position)} of ${formatCount(head)}` +
        (current ? ': every event is in it.' : `, ${formatSpan(secondsBehind)} behind.`)
      }
    >
      <span>
        <StatusBadge tone={toLagTone(freshness)}>
          {current
            ? `Up to date · position ${formatCount(position)}`
            : `${formatCount(eventsBehind)} ${eventsBehind === 1 ? 'event' : 'events'} behind · ${formatSpan(secondsBehind)}`}
        </StatusBadge>
      </span>
    </Tooltip>
  );
}
