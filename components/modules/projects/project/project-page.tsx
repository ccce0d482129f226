'use client';

import { useQuery } from '@tanstack/react-query';
import { AggregateHeader } from '#components/console/aggregate/aggregate-header.tsx';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { MissingAggregate } from '#components/console/aggregate/missing-aggregate.tsx';
import { useFrame } from '#components/console/aggregate/time-machine/use-frame.ts';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useOwnSequence } from '#components/console/aggregate/use-own-sequence.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { projectAnswerSchema } from '#lib/modules/projects/queries.ts';
import { ConfigurationTab } from './configuration-tab.tsx';
import { ProjectCommands } from './project-commands.tsx';
import { readTopology } from './topology/read-topology.ts';
import { TopologyTab } from './topology/topology-tab.tsx';

const PROJECTIONS = ['projects'];
const LIST = { href: '/projects', label: 'Projects' };
const PARTS = { beginning: 'the creation' };

/** One project: its services, its configuration, its events and its past. */
export function ProjectPage({ projectId, issue }: { projectId: string; issue: IssueCommand }) {
  const aggregateId = toAggregateId('project', projectId);
  const announced = useFollowAggregate(aggregateId, PROJECTIONS);
  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const { own, accept } = useOwnSequence(aggregateId);
  const query = useQuery({
    queryKey: aggregateKey(aggregateId, 'projects', 'project'),
    queryFn: ({ signal }) =>
      fetchApi(projectAnswerSchema, `/api/projects/${encodeURIComponent(projectId)}`, { signal }),
  });
  const newest = Math.max(query.data?.project.version ?? 0, announced, own, stored);
  const { frame } = useFrame(aggregateId, newest, newest);
  if (query.data === undefined) {
    return <MissingAggregate aggregateId={aggregateId} query={query} list={LIST} />;
  }
  const { project, freshness } = query.data;
  const isArchived = project.status !== 'active';
  const topology = readTopology(frame?.state ?? {});
  return (
    <>
      <TroubleBanner aggregateId={aggregateId} />
      <AggregateHeader
        aggregateId={aggregateId}
        title={project.name}
        list={LIST}
        identity={
          <>
            <IdText value={projectId} label="Copy project id" />
            {isArchived ? <StatusBadge tone="neutral">Archived</StatusBadge> : null}
          </>
        }
        version={project.version}
        freshness={freshness}
        commands={
          <ProjectCommands
            projectId={projectId}
            isArchived={isArchived}
            services={topology.nodes.map(({ name }) => name)}
            issue={issue}
            onAccepted={accept}
          />
        }
        problem={
          query.error ? (
            <QueryError
              error={query.error}
              what={`Project ${projectId}`}
              retry={() => void query.refetch()}
              retrying={query.isFetching}
              compact
            />
          ) : null
        }
      />
      <AggregateTabs
        aggregateId={aggregateId}
        shown={project.version}
        newest={newest}
        own={own}
        parts={PARTS}
        tabs={[
          {
            value: 'topology',
            label: 'Topology',
            content: (
              <TopologyTab aggregateId={aggregateId} version={newest} isArchived={isArchived} />
            ),
          },
          {
            value: 'configuration',
            label: 'Configuration',
            content: <ConfigurationTab project={project} services={topology.nodes} />,
          },
        ]}
      />
    </>
  );
}
