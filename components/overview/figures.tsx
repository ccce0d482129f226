'use client';

import { Skeleton } from '@mantine/core';
import { nameProjection } from '#components/projections/projection-names.ts';
import { useProjectionLag } from '#components/projections/use-lag.ts';
import { toLagTone } from '#components/ui/lag-tone.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import classes from './figures.module.css';
import { MoneyTile } from './money-tile.tsx';
import { Tile } from './tile.tsx';
import { useStats } from './use-stats.ts';

/** The bank in five figures. */
export function Figures() {
  const stats = useStats();
  if (stats.data === undefined && stats.error) {
    return (
      <div className={classes.failed}>
        <QueryError
          error={stats.error}
          what="Figures"
          retry={() => void stats.refetch()}
          retrying={stats.isFetching}
        />
      </div>
    );
  }
  const { data } = stats;
  return (
    <section className={classes.row} aria-label="Figures" aria-busy={data === undefined}>
      {data ? (
        <>
          <Tile
            label="Events per second"
            value={formatRate(data.eventsPerSecond)}
            detail="Mean of the last 10 seconds"
            href="/events"
            linkText="Watch the events"
          />
          <Tile
            label="Events"
            value={formatCount(data.events)}
            detail="In the journal"
            href="/events"
            linkText="Search the events"
          />
          <Tile
            label="Accounts"
            value={formatCount(data.accounts)}
            detail={`In ${data.totals.length === 1 ? '1 currency' : `${data.totals.length} currencies`}`}
            href="/accounts"
            linkText="See all accounts"
          />
        </>
      ) : (
        ['Events per second', 'Events', 'Accounts'].map((label) => (
          <Skeleton key={label} height={118} radius="lg" />
        ))
      )}
      <WorstLagTile />
      {data ? <MoneyTile totals={data.totals} /> : <Skeleton height={118} radius="lg" />}
    </section>
  );
}

function WorstLagTile() {
  const { data, error } = useProjectionLag();
  const worst = data?.projections.toSorted((a, b) => b.secondsBehind - a.secondsBehind)[0];
  const detail = () => {
    if (error && !data) {
      return 'Lag cannot be read now';
    }
    if (!worst) {
      return data ? 'No projection has started' : 'Asking…';
    }
    return worst.eventsBehind === 0
      ? 'Every projection is up to date'
      : `${nameProjection(worst.name).label}, ${formatCount(worst.eventsBehind)} behind`;
  };
  return (
    <Tile
      label="Worst lag"
      value={worst ? formatSpan(worst.secondsBehind) : '–'}
      detail={detail()}
      href="/projections"
      linkText="See the projections"
      {...(worst ? { tone: toLagTone(worst) } : {})}
    />
  );
}
