'use client';

import { SegmentedControl } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { useFrame } from '#components/console/aggregate/time-machine/use-frame.ts';
import { WallNotice } from '#components/console/aggregate/time-machine/wall-notice.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelSkeleton } from '#components/ui/panel.tsx';
import { countOf } from '#lib/count-format.ts';
import { diffTopologies } from '#lib/modules/projects/topology.ts';
import { findCycles } from '#lib/modules/projects/topology-cycles.ts';
import { filterTopology } from '#lib/modules/projects/topology-filter.ts';
import { toRoom } from '#lib/modules/projects/topology-outline.ts';
import { toCycleSentence } from './marks.ts';
import { readTopology } from './read-topology.ts';
import { ServiceDetails } from './service-details.tsx';
import { StepBar } from './step-bar.tsx';
import { TopologyFilterBar } from './topology-filter-bar.tsx';
import classes from './topology-tab.module.css';
import { TopologyTable } from './topology-table.tsx';
import { useTopologyOutline } from './use-topology-outline.ts';
import { useTopologyState } from './use-topology-state.ts';

/** The graph with its libraries comes after the page, and to this page alone. */
const TopologyGraph = dynamic(
  () => import('./graph/topology-graph.tsx').then((module) => module.TopologyGraph),
  { ssr: false, loading: GraphSkeleton },
);

function GraphSkeleton() {
  return (
    <div aria-busy>
      <PanelSkeleton lines={8} />
    </div>
  );
}

export type TopologyTabProps = { aggregateId: string; version: number; isArchived: boolean };

/** A project's services and links after each of its events, with what that event changed. */
export function TopologyTab({ aggregateId, version, isArchived }: TopologyTabProps) {
  const words = useConsole();
  const state = useTopologyState(version);
  const outline = useTopologyOutline(aggregateId, version);
  const room = outline && toRoom(outline);
  const frames = useFrame(aggregateId, state.step, version);
  const { frame, previous, wall } = frames;
  const data = useMemo(() => {
    if (frame === undefined) {
      return undefined;
    }
    const before = readTopology(previous?.state ?? {});
    const after = readTopology(frame.state);
    return {
      event: frame.event,
      before,
      topology: diffTopologies(before, after),
      cycles: findCycles(after),
    };
  }, [frame, previous]);
  const { q, kinds, service, view } = state;
  const shown = useMemo(
    () => data && filterTopology(data.topology, { q, kinds }),
    [data, q, kinds],
  );
  return (
    <Panel
      title="Topology"
      subtitle="Services and links after each event"
      query={{ ...frames, data: data && shown && { ...data, shown } }}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Show as"
          value={view}
          onChange={(chosen) => state.change({ view: chosen === 'table' ? 'table' : 'graph' })}
          data={[
            { value: 'graph', label: 'Graph' },
            { value: 'table', label: 'Table' },
          ]}
        />
      }
    >
      {({ event, before, topology, cycles, shown }) => {
        const picture = { topology: shown, cycles, chosen: service, onChoose: state.choose };
        return (
          <div className={classes.parts}>
            <StepBar
              step={state.step}
              version={version}
              at={frames.current ? event?.timestamp : undefined}
              sentence={event ? words.toSentence(event) : ''}
              onStep={state.stepTo}
            />
            {wall ? (
              <WallNotice noun="project" wall={wall} onGo={state.stepTo} />
            ) : topology.nodes.length === 0 ? (
              <EmptyState
                title="There is no service at this event"
                hint={isArchived ? 'The project is archived.' : '“Add service” above adds one.'}
              />
            ) : (
              <>
                <TopologyFilterBar state={state} topology={topology} shown={shown} />
                <p className={classes.cycles}>{toCycleSentence(cycles.groups)}</p>
                {view === 'graph' && outline !== room ? (
                  <p className={classes.cycles}>
                    It has had {countOf(outline?.names.length ?? 0, 'service')}, too many for one
                    picture: a service’s place may be another one at each event.
                  </p>
                ) : null}
                <div className={classes.picture}>
                  {view === 'table' ? (
                    <TopologyTable {...picture} />
                  ) : room === undefined ? (
                    <GraphSkeleton />
                  ) : (
                    <TopologyGraph {...picture} outline={room} />
                  )}
                  <div className={classes.aside}>
                    <ServiceDetails
                      name={service}
                      topology={topology}
                      before={before}
                      cycles={cycles}
                      onClose={() => state.choose(null)}
                    />
                  </div>
                </div>
              </>
            )}
          </div>
        );
      }}
    </Panel>
  );
}
