'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { TimeAreaChart } from '#components/ui/time-area-chart.tsx';
import type { Stats } from '#lib/contracts/queries.ts';
import { formatRate } from '#lib/count-format.ts';
import { useStats } from './use-stats.ts';

/** How many events arrived in each of the last seconds. */
export function ArrivalsPanel() {
  const stats = useStats();
  return (
    <Panel
      title="Events per second"
      subtitle="As they reached the journal in the last two minutes"
      query={stats}
      actions={
        <Anchor component={Link} href="/events" size="sm">
          All events
        </Anchor>
      }
    >
      {(data) => <Arrivals stats={data} />}
    </Panel>
  );
}

function Arrivals({ stats: { arrivals, eventsPerSecond, events } }: { stats: Stats }) {
  const points = arrivals.map(({ at, events: value }) => ({ at: Date.parse(at), value }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || events === 0) {
    return <EmptyState title="No event yet" hint="Open an account: its first event shows here." />;
  }
  return (
    <TimeAreaChart
      points={points}
      label={`Events per second over the last two minutes, now ${formatRate(eventsPerSecond)}`}
      from={first.at}
      to={last.at}
      toText={formatRate}
      minTop={4}
      height={190}
    />
  );
}
