'use client';

import { Anchor, Group, SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { FirstAction } from '#components/console/first-action.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { TimeAreaChart } from '#components/ui/time-area-chart.tsx';
import { ARRIVAL_RANGES, type ArrivalRange, type Stats } from '#lib/contracts/queries.ts';
import { formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { useStats } from './use-stats.ts';

const RANGES: Readonly<Record<ArrivalRange, { readonly label: string; readonly words: string }>> = {
  '2m': { label: '2 min', words: 'two minutes' },
  '15m': { label: '15 min', words: '15 minutes' },
  '1h': { label: '1 h', words: 'hour' },
  '24h': { label: '24 h', words: '24 hours' },
};

/** How many events arrived per second, over a range that is in the URL. */
export function ArrivalsPanel() {
  const [range, setRange] = useQueryState(
    'range',
    parseAsStringLiteral(ARRIVAL_RANGES).withDefault('2m').withOptions({ history: 'push' }),
  );
  const stats = useStats(range);
  const seconds = stats.data?.stepSeconds ?? 1;
  const steps = seconds === 1 ? '' : `, mean of each ${formatSpan(seconds)}`;
  return (
    <Panel
      title="Events per second"
      subtitle={`As they reached the journal in the last ${RANGES[range].words}${steps}`}
      query={stats}
      actions={
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label="For how long"
            value={range}
            onChange={(next) => void setRange(next)}
            data={ARRIVAL_RANGES.map((value) => ({ value, label: RANGES[value].label }))}
          />
          <Anchor component={Link} href="/events" size="sm">
            All events
          </Anchor>
        </Group>
      }
    >
      {(data) => <Arrivals stats={data} words={RANGES[range].words} />}
    </Panel>
  );
}

function Arrivals({ stats, words }: { stats: Stats; words: string }) {
  const { arrivals, stepSeconds, eventsPerSecond, events } = stats;
  const points = arrivals.map((step) => ({
    at: Date.parse(step.at),
    value: step.events / stepSeconds,
  }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || events === 0) {
    return <EmptyState title="No event yet" hint="Arrivals show here." action={<FirstAction />} />;
  }
  return (
    <TimeAreaChart
      points={points}
      label={`Events per second over the last ${words}, now ${formatRate(eventsPerSecond)}`}
      from={first.at}
      to={last.at}
      toText={formatRate}
      minTop={4}
      height={190}
    />
  );
}
