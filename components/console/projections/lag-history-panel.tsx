'use client';

import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useFreshness } from '#components/console/system/use-system.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { LAG_RANGES, type LagHistory, lagHistorySchema } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import type { Follower } from './followers.ts';
import classes from './lag-history-panel.module.css';
import { LagThreshold } from './lag-threshold.tsx';
import { toWorst } from './worst-step.ts';

const HEIGHT = 140;

/** The chart with its library comes after the drawer. */
const LagHistoryChart = dynamic(
  () => import('./lag-history-chart.tsx').then((module) => module.LagHistoryChart),
  { ssr: false, loading: () => <Skeleton height={HEIGHT} /> },
);

/** A worker measures every ten seconds. */
const REFRESH_MS = 10_000;

export type LagHistoryPanelProps = { follower: Pick<Follower, 'name' | 'kind'>; label: string };

/** How far a follower was behind in the last hour or day, by what workers have written down. */
export function LagHistoryPanel({ follower, label }: LagHistoryPanelProps) {
  const { name } = follower;
  const thresholdSeconds = useFreshness(name)?.thresholdSeconds ?? null;
  const [range, setRange] = useQueryState(
    'lag',
    parseAsStringLiteral(LAG_RANGES).withDefault('hour').withOptions({ history: 'push' }),
  );
  const query = useQuery({
    queryKey: ['lag-history', name, range],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ projection: name, range });
      return fetchApi(lagHistorySchema, `/api/lag/history?${params}`, { signal });
    },
    refetchInterval: REFRESH_MS,
  });
  const { data, error } = query;
  return (
    <section aria-labelledby="lag-history">
      <div className={classes.head}>
        <h3 id="lag-history" className={classes.heading}>
          Lag
        </h3>
        <SegmentedControl
          size="xs"
          aria-label="For how long"
          value={range}
          onChange={(next) => void setRange(next)}
          data={[
            { value: 'hour', label: 'Hour' },
            { value: 'day', label: 'Day' },
          ]}
        />
      </div>
      {error ? (
        <QueryError
          error={error}
          what="Its lag so far"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
          compact={data !== undefined}
        />
      ) : null}
      {query.isPending ? <Skeleton height={HEIGHT} /> : null}
      {data ? (
        <>
          <LagHistoryChart
            history={data}
            thresholdSeconds={thresholdSeconds}
            label={`Lag of ${label} in the last ${range}: ${toSummary(data)}`}
            height={HEIGHT}
          />
          <p className={classes.summary}>{toSummary(data)}</p>
        </>
      ) : null}
      <LagThreshold follower={follower} seconds={thresholdSeconds} />
    </section>
  );
}

function toSummary(history: LagHistory): string {
  const worst = toWorst(history);
  if (worst === null) {
    return 'Nothing was measured in that time. A worker measures every ten seconds, while both databases answer.';
  }
  const { seconds, events, gaps } = worst;
  const rest = gaps === 0 ? '' : ' Where there is no line nothing was measured.';
  return events === 0
    ? `Never behind when it was measured.${rest}`
    : `At worst ${formatSpan(seconds)} and ${formatCount(events)} events behind.${rest}`;
}
