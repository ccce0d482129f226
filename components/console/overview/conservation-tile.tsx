'use client';

import { Skeleton } from '@mantine/core';
import { describeConservation } from '#components/console/integrity/conservation-words.ts';
import { useIntegrityHistory } from '#components/console/integrity/use-integrity-history.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import { Tile } from './tile.tsx';

/** Whether a quantity of a module is conserved, as of the newest comparison of everything. */
export function ConservationTile({ quantity }: { quantity: string }) {
  const { nameQuantity } = useConsole();
  const { data, error, isPending } = useIntegrityHistory();
  if (isPending) {
    return <Skeleton height={118} radius="lg" />;
  }
  const words = nameQuantity(quantity);
  const link = {
    label: `Conservation of ${words.label.toLowerCase()}`,
    href: '/integrity',
    linkText: 'See the comparisons',
  };
  const run = error ? null : (data?.conserved ?? null);
  const found = run?.quantities.find((each) => each.quantity === quantity);
  if (run === null || found === undefined) {
    const detail = error ? 'It cannot be read now' : 'A comparison of everything says it';
    return <Tile {...link} value="Unknown" detail={detail} />;
  }
  const { word, tone, sentence } = describeConservation(words, found);
  return (
    <Tile
      {...link}
      value={word}
      detail={
        tone === 'good' ? (
          <>
            At position {formatCount(found.position)}, <Time iso={run.endedAt} />
          </>
        ) : (
          sentence
        )
      }
      // It was so then: what has come since is not known to be.
      {...(tone !== 'good' && { tone })}
    />
  );
}
