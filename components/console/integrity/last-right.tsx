'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import { formatCount } from '#lib/count-format.ts';

export type LastRightProps = {
  aggregateId: string;
  /** The last event after which the view was right: null for never, undefined where it is not known. */
  lastRight: number | null | undefined;
};

/** Up to where a view was right, with the way to look at it there. */
export function LastRight({ aggregateId, lastRight }: LastRightProps) {
  const { href } = useConsole().nameAggregate(aggregateId);
  if (lastRight === undefined) {
    return 'Unknown';
  }
  return lastRight === null ? (
    'Never: no event made it so'
  ) : (
    <Anchor
      component={Link}
      inherit
      prefetch={false}
      href={`${href}?tab=time-machine&seq=${lastRight}`}
    >
      After event {formatCount(lastRight)}
    </Anchor>
  );
}
