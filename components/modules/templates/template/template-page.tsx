'use client';

import { useQuery } from '@tanstack/react-query';
import { AggregateHeader } from '#components/console/aggregate/aggregate-header.tsx';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { MissingAggregate } from '#components/console/aggregate/missing-aggregate.tsx';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useOwnSequence } from '#components/console/aggregate/use-own-sequence.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { templateAnswerSchema } from '#lib/modules/templates/queries.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { TemplateCommands } from './template-commands.tsx';
import { UsageTab } from './usage-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const PROJECTIONS = ['template-details'];
const LIST = { href: '/templates', label: 'Templates' };
const PARTS = { beginning: 'the first upload' };

/** One template: its versions, what was made of it, its events and its past. */
export function TemplatePage({ templateId, issue }: { templateId: string; issue: IssueCommand }) {
  const aggregateId = toTemplateAggregateId(templateId);
  const announced = useFollowAggregate(aggregateId, PROJECTIONS);
  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const { own, accept } = useOwnSequence(aggregateId);
  const query = useQuery({
    queryKey: aggregateKey(aggregateId, 'template-details', 'template'),
    queryFn: ({ signal }) =>
      fetchApi(templateAnswerSchema, `/api/templates/${encodeURIComponent(templateId)}`, {
        signal,
      }),
  });
  const answer = query.data;
  const newest = answer?.versions[0];
  if (answer === undefined || newest === undefined) {
    return <MissingAggregate aggregateId={aggregateId} query={query} list={LIST} />;
  }
  return (
    <>
      <TroubleBanner aggregateId={aggregateId} />
      <AggregateHeader
        aggregateId={aggregateId}
        title={newest.name}
        list={LIST}
        identity={
          <>
            <IdText value={templateId} label="Copy template id" />
            <span>version {newest.number}</span>
            {answer.deprecatedAt === null ? null : (
              <StatusBadge tone="neutral">
                Deprecated{answer.deprecationReason ? `: ${answer.deprecationReason}` : ''}
              </StatusBadge>
            )}
          </>
        }
        version={answer.version}
        freshness={answer.freshness}
        commands={
          <TemplateCommands answer={answer} newest={newest} issue={issue} onAccepted={accept} />
        }
        problem={
          query.error ? (
            <QueryError
              error={query.error}
              what={`Template ${templateId}`}
              retry={() => void query.refetch()}
              retrying={query.isFetching}
              compact
            />
          ) : null
        }
      />
      <AggregateTabs
        aggregateId={aggregateId}
        shown={answer.version}
        newest={Math.max(answer.version, announced, own, stored)}
        own={own}
        parts={PARTS}
        tabs={[
          { value: 'versions', label: 'Versions', content: <VersionsTab answer={answer} /> },
          { value: 'usage', label: 'Usage', content: <UsageTab templateId={templateId} /> },
        ]}
      />
    </>
  );
}
