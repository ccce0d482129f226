'use client';

import { Tabs } from '@mantine/core';
import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { IntegrityTab } from './integrity-tab.tsx';
import type { TimeMachineParts } from './time-machine/time-machine-parts.ts';
import { TimeMachineTab } from './time-machine/time-machine-tab.tsx';
import { TimelineTab } from './timeline/timeline-tab.tsx';

export type AggregateTabsProps = {
  aggregateId: string;
  /** The version that the page shows, the newest that it knows of, and that of its own last command. */
  shown: number;
  newest: number;
  own: number;
  /** The module's own, in front. */
  tabs: readonly { readonly value: string; readonly label: string; readonly content: ReactNode }[];
  /** The same object each time. */
  parts: TimeMachineParts;
};

/** What there is to see of any aggregate: the module's own views, its events, its past, its integrity. */
export function AggregateTabs(props: AggregateTabsProps) {
  const { aggregateId, shown, newest, own, parts } = props;
  const { noun } = useConsole().nameAggregate(aggregateId);
  const tabs = [
    ...props.tabs,
    {
      value: 'timeline',
      label: 'Timeline',
      content: <TimelineTab aggregateId={aggregateId} newest={newest} own={own} />,
    },
    {
      value: 'time-machine',
      label: 'Time machine',
      content: <TimeMachineTab aggregateId={aggregateId} shown={shown} parts={parts} />,
    },
    {
      value: 'integrity',
      label: 'Integrity',
      content: <IntegrityTab aggregateId={aggregateId} />,
    },
  ];
  const [chosen, setChosen] = useQueryState('tab', parseAsString.withOptions({ history: 'push' }));
  const tab = tabs.find(({ value }) => value === chosen)?.value ?? tabs[0]?.value ?? null;
  useShortcuts(
    tabs.map(({ value, label }, index) => ({
      id: `aggregate-${value}`,
      keys: `${index + 1}`,
      label,
      group: noun.charAt(0).toUpperCase() + noun.slice(1),
      run: () => void setChosen(value),
    })),
  );
  return (
    <Tabs
      value={tab}
      onChange={(value) => void setChosen(value === tabs[0]?.value ? null : value)}
      keepMounted={false}
    >
      <Tabs.List mb="md" aria-label={`Views of this ${noun}`}>
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Panel key={value} value={value}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
