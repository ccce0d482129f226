'use client';

import { useFreshness, useServerNow } from '#components/system/use-system.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { TimeAreaChart } from '#components/ui/time-area-chart.tsx';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { BehindFigures } from './behind-figures.tsx';
import { Figure, FigureList } from './figure-list.tsx';
import { FollowerCard } from './follower-card.tsx';
import { toFollowerStatus } from './follower-status.ts';
import { HISTORY_MS, type LagSample, toLagPoints, toRate } from './lag-history.ts';
import { nameProjection } from './projection-names.ts';
import { toProjectionNotice } from './projection-notice.ts';
import classes from './projections-view.module.css';
import { useProjectionLag } from './use-lag.ts';

/** What is built in PostgreSQL from the journal. */
export function ProjectionsPanel() {
  const query = useProjectionLag();
  return (
    <Panel
      title="PostgreSQL projections"
      subtitle={
        query.data
          ? `They read the journal, which is at position ${formatCount(query.data.head)}`
          : 'They read the journal'
      }
      query={query}
      isEmpty={({ projections }) => projections.length === 0}
      empty={{
        title: 'No projection has started',
        hint: 'They appear when a worker runs for the first time.',
      }}
    >
      {({ projections, history }) => (
        <div className={classes.cards}>
          {projections.map((projection) => (
            <ProjectionCard key={projection.name} projection={projection} history={history} />
          ))}
        </div>
      )}
    </Panel>
  );
}

type ProjectionCardProps = { projection: ProjectionStatus; history: readonly LagSample[] };

function ProjectionCard({ projection, history }: ProjectionCardProps) {
  const { name, version, position, secondsBehind, updatedAt } = projection;
  const rate = toRate(history, name);
  const view = useFreshness(name);
  const now = useServerNow();
  return (
    <FollowerCard
      name={name}
      status={toFollowerStatus(projection.status, view, now)}
      notice={toProjectionNotice(projection, view)}
    >
      <FigureList>
        <BehindFigures view={view} now={now} />
        <Figure label="Rate">{rate === null ? '–' : `${formatRate(rate)} events/s`}</Figure>
        <Figure label="Checkpoint">{formatCount(position)}</Figure>
        <Figure label="Version">{version}</Figure>
        <Figure label="Checkpoint moved">
          {updatedAt === null ? 'Never' : <Time iso={updatedAt} />}
        </Figure>
      </FigureList>
      <LagChart name={name} secondsBehind={secondsBehind} history={history} />
    </FollowerCard>
  );
}

type LagChartProps = { name: string; secondsBehind: number; history: readonly LagSample[] };

function LagChart({ name, secondsBehind, history }: LagChartProps) {
  const points = toLagPoints(history, name).map(({ at, seconds }) => ({ at, value: seconds }));
  const to = points.at(-1)?.at ?? 0;
  return (
    <TimeAreaChart
      points={points}
      label={`Lag of ${nameProjection(name).label} in the last minutes, now ${formatSpan(secondsBehind)}`}
      from={Math.max(to - HISTORY_MS, Math.min(points[0]?.at ?? to, to - 60_000))}
      to={to}
      toText={formatSpan}
      minTop={2}
      height={104}
    />
  );
}
