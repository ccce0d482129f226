'use client';

import { Skeleton } from '@mantine/core';
import { useServerNow, useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { ConservationTile } from './conservation-tile.tsx';
import classes from './figures.module.css';
import { Tile } from './tile.tsx';
import { useStats } from './use-stats.ts';
import { VisibilityTile } from './visibility-tile.tsx';
import { toWorstLag } from './worst-lag.ts';

/** The journal in figures, and each module's own. */
export function Figures() {
  const { modules } = useConsole();
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
            label="Commands per second"
            value={formatRate(data.commandsPerSecond)}
            detail="Accepted, by their events"
            href="/commands"
            linkText="Watch the commands"
          />
          <Tile
            label="Events"
            value={formatCount(data.events)}
            detail="In the journal"
            href="/events"
            linkText="Search the events"
          />
        </>
      ) : (
        ['Events per second', 'Commands per second', 'Events'].map((label) => (
          <Skeleton key={label} height={118} radius="lg" />
        ))
      )}
      <VisibilityTile />
      <WorstLagTile />
      {modules.flatMap(({ quantities }) =>
        Object.keys(quantities ?? {}).map((name) => (
          <ConservationTile key={name} quantity={name} />
        )),
      )}
      {modules.map(({ name, Tiles }) => (Tiles ? <Tiles key={name} /> : null))}
    </section>
  );
}

function WorstLagTile() {
  const words = useConsole();
  const { isPending, error, data } = useSystem();
  const now = useServerNow();
  if (isPending) {
    return <Skeleton height={118} radius="lg" />;
  }
  const worst = toWorstLag(words, error ? [] : (data?.views ?? []), now);
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
