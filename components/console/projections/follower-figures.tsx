'use client';

import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { toEventsBehind, toTimeBehind } from './behind-words.ts';
import { DeadLetterCount } from './dead-letter-count.tsx';
import { Figure, FigureList } from './figure-list.tsx';
import type { Follower } from './followers.ts';
import { type LagSample, toRate } from './lag-history.ts';

export type FollowerFiguresProps = { follower: Follower; history: readonly LagSample[] };

/** A follower in figures. */
export function FollowerFigures({ follower, history }: FollowerFiguresProps) {
  const { name, kind, version, position, updatedAt, workers, deadLetters, shards } = follower;
  const view = useFreshness(name);
  const now = useServerNow();
  const rate = toRate(history, name);
  return (
    <FigureList>
      <Figure label="Events behind">{toEventsBehind(view)}</Figure>
      <Figure label="Time behind">{toTimeBehind(view, now)}</Figure>
      <Figure label="Dead letters">
        <DeadLetterCount view={name} count={deadLetters} />
      </Figure>
      {position === null ? null : (
        <>
          <Figure label="Rate">{rate === null ? '–' : `${formatRate(rate)} events/s`}</Figure>
          <Figure label={kind === 'consumer' ? 'Head' : 'Checkpoint'}>
            {formatCount(position)}
          </Figure>
        </>
      )}
      {version === null ? null : <Figure label="Version">{version}</Figure>}
      {kind === 'consumer' ? <Figure label="Shards">{formatCount(shards.length)}</Figure> : null}
      <Figure label="Checkpoint moved">
        {updatedAt === null ? 'Never' : <Time iso={updatedAt} />}
      </Figure>
      <Figure label={workers.length > 1 ? 'Workers' : 'Worker'} wide>
        {workers.length === 0
          ? 'None'
          : workers.map((worker) => <IdText key={worker} value={worker} label="Copy worker id" />)}
      </Figure>
    </FigureList>
  );
}
