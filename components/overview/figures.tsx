'use client';

import { Skeleton } from '@mantine/core';
import { useServerNow, useSystem } from '#components/system/use-system.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { formatCount, formatRate } from '#lib/count-format.ts';
import classes from './figures.module.css';
import { MoneyTile } from './money-tile.tsx';
import { Tile } from './tile.tsx';
import { useStats } from './use-stats.ts';
import { toWorstLag } from './worst-lag.ts';

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
  const { isPending, error, data } = useSystem();
  const now = useServerNow();
  if (isPending) {
    return <Skeleton height={118} radius="lg" />;
  }
  const worst = toWorstLag(error ? [] : (data?.views ?? []), now);
  return (
    <Tile
      label="Worst lag"
      value={worst.value}
      detail={worst.detail}
      href="/projections"
      linkText="See the projections"
      tone={worst.tone}
    />
  );
}
