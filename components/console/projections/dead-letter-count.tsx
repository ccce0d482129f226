import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { formatCount } from '#lib/count-format.ts';
import { HOT_CONSUMER } from './followers.ts';

export type DeadLetterCountProps = { view: string; count: number | null };

/** How many aggregates wait at dead letters in a view, leading to them. */
export function DeadLetterCount({ view, count }: DeadLetterCountProps) {
  if (count === null) {
    return <>Unknown</>;
  }
  const query = view === HOT_CONSUMER ? '' : `?view=${encodeURIComponent(view)}`;
  return count === 0 ? (
    <>0</>
  ) : (
    <Anchor
      component={Link}
      href={`/dead-letters${query}`}
      prefetch={false}
      inherit
      c="var(--ph-bad-text)"
      fw={600}
    >
      {formatCount(count)}
    </Anchor>
  );
}
