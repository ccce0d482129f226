'use client';

import { SegmentedControl } from '@mantine/core';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { memo, useMemo } from 'react';
import { Panel } from '#components/ui/panel.tsx';
import { FreshEvents } from '../fresh-events.tsx';
import { ListEnd } from '../list-end.tsx';
import { useBaseline } from '../use-baseline.ts';
import { DENSITIES, type Density } from './density.ts';
import { EventList } from './event-list.tsx';
import { useTimeline } from './use-timeline.ts';

export type TimelineTabProps = {
  aggregateId: string;
  /** The aggregate's newest sequence that this page knows, and that of its own last command. */
  newest: number;
  own: number;
};

/** Everything that happened to the aggregate, from the event store. */
export const TimelineTab = memo(function TimelineTab({
  aggregateId,
  newest,
  own,
}: TimelineTabProps) {
  const [density, setDensity] = useQueryState(
    'density',
    parseAsStringLiteral(DENSITIES).withDefault('full'),
  );
  const { baseline, fresh, show } = useBaseline(newest, own);
  const timeline = useTimeline(aggregateId, baseline);
  const items = useMemo(
    () => timeline.data?.pages.flatMap((page) => page.items) ?? [],
    [timeline.data],
  );
  return (
    <Panel
      title="Timeline"
      subtitle="From the event store, newest first"
      query={timeline}
      flush
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Density"
          value={density}
          onChange={(chosen) => void setDensity(DENSITIES.find((one) => one === chosen) ?? null)}
          data={DENSITIES.map((one: Density) => ({
            value: one,
            label: one === 'full' ? 'Full' : 'Compact',
          }))}
        />
      }
    >
      {(data) => (
        <>
          <FreshEvents count={fresh} loading={timeline.isPlaceholderData} onShow={show} />
          <EventList items={items} density={density} pages={timeline} />
          <ListEnd
            pages={timeline}
            loaded={items.length}
            total={data.pages[0]?.version ?? 0}
            noun="event"
          />
        </>
      )}
    </Panel>
  );
});
