'use client';

import { useQuery } from '@tanstack/react-query';
import { AggregateHeader } from '#components/console/aggregate/aggregate-header.tsx';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { MissingAggregate } from '#components/console/aggregate/missing-aggregate.tsx';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { IdText } from '#components/ui/id-text.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { CrmEntity, EntityName } from '#lib/modules/crm/entities.ts';
import { entityAnswerSchema } from '#lib/modules/crm/queries.ts';
import { EntityStatus } from './entity-status.tsx';
import { FieldsTab } from './fields-tab.tsx';
import { RECORD_PARTS } from './record-parts.tsx';

export type RecordPageProps = {
  entity: CrmEntity & { readonly entityName: EntityName };
  recordId: string;
};

/** One record of the CRM: as it came beside what became of it, its events and its past. */
export function RecordPage({ entity, recordId }: RecordPageProps) {
  const { aggregateType, viewName, plural, noun, entityName } = entity;
  const aggregateId = toAggregateId(aggregateType, recordId);
  const announced = useFollowAggregate(aggregateId, [viewName]);
  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const query = useQuery({
    queryKey: aggregateKey(aggregateId, viewName, 'record'),
    queryFn: ({ signal }) =>
      fetchApi(entityAnswerSchema, `/api/crm/${plural}/${recordId}`, { signal }),
  });
  const list = { href: `/crm/${plural}`, label: entity.title };
  const answer = query.data;
  if (answer === undefined) {
    return <MissingAggregate aggregateId={aggregateId} query={query} list={list} />;
  }
  const { version, title } = answer.entity;
  return (
    <>
      <TroubleBanner aggregateId={aggregateId} />
      <AggregateHeader
        aggregateId={aggregateId}
        title={title}
        list={list}
        identity={
          <>
            <IdText value={recordId} label="Copy record id" />
            <EntityStatus {...answer.entity} />
          </>
        }
        version={version}
        freshness={answer.freshness}
        commands={null}
        problem={
          query.error ? (
            <QueryError
              error={query.error}
              what={`The ${noun} ${recordId}`}
              retry={() => void query.refetch()}
              retrying={query.isFetching}
              compact
            />
          ) : null
        }
      />
      <AggregateTabs
        aggregateId={aggregateId}
        shown={version}
        newest={Math.max(version, announced, stored)}
        own={0}
        parts={RECORD_PARTS}
        tabs={[
          {
            value: 'fields',
            label: 'Fields',
            content: <FieldsTab entityName={entityName} answer={answer} />,
          },
        ]}
      />
    </>
  );
}
