'use client';

import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { FreshnessBadge } from '#components/console/system/freshness-badge.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { templateAnswerSchema } from '#lib/modules/templates/queries.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import {
  DEPRECATION_FIELDS,
  issueParameters,
  issueUpload,
  PARAMETERS_FIELDS,
  UPLOAD_FIELDS,
} from '../template-forms.ts';
import { UsageTab } from './usage-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const PROJECTIONS = ['template-details'];
const PARTS = { beginning: 'the first upload' };

/** One template: its versions, what was made of it, its events and its past. */
export function TemplatePage({ templateId, issue }: { templateId: string; issue: IssueCommand }) {
  const aggregateId = toTemplateAggregateId(templateId);
  const announced = useFollowAggregate(aggregateId, PROJECTIONS);
  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const [own, setOwn] = useState(0);
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
    return (
      <Panel title={`Template ${templateId}`} query={query}>
        {() => 'The template has no version.'}
      </Panel>
    );
  }
  const parameters = JSON.stringify(newest.parameters, null, 2);
  const common = {
    issue,
    given: { templateId },
    button: { variant: 'default' },
    onAccepted: () => setOwn(Math.max(stored, announced) + 1),
  };
  return (
    <>
      <PageHeader
        title={newest.name}
        subtitle={
          answer.deprecatedAt === null
            ? `${templateId}, version ${newest.number}`
            : `${templateId}, deprecated${answer.deprecationReason ? `: ${answer.deprecationReason}` : ''}`
        }
        actions={<FreshnessBadge freshness={answer.freshness} />}
      />
      <TroubleBanner aggregateId={aggregateId} />
      {answer.deprecatedAt === null ? (
        <Group gap="xs" mb="md">
          <CommandButton
            {...common}
            issue={issueUpload(issue)}
            type="UploadTemplate"
            label="Upload a version"
            title={`Upload a version of ${newest.name}`}
            fields={UPLOAD_FIELDS.filter(({ name }) => name !== 'templateId')}
            initial={{
              name: newest.name,
              description: newest.description ?? '',
              tags: newest.tags.join(', '),
              format: newest.format,
              text: answer.text,
              parameters,
            }}
            submitLabel="Upload version"
          />
          <CommandButton
            {...common}
            issue={issueParameters(issue)}
            type="ChangeTemplateParameters"
            label="Change parameters"
            title={`Change the parameters of ${newest.name}`}
            explanation="They are those of the newest version, all of them: what is left out is gone. Until it is validated again, no project can be created from it."
            fields={PARAMETERS_FIELDS}
            initial={{ parameters }}
            submitLabel="Change parameters"
          />
          <CommandButton
            {...common}
            type="ValidateTemplate"
            label="Validate"
            title={`Validate ${newest.name}`}
            explanation="The newest version is parsed, and its parameters and references are checked."
            fields={[]}
            submitLabel="Validate template"
          />
          <CommandButton
            {...common}
            type="DeprecateTemplate"
            label="Deprecate"
            title={`Deprecate ${newest.name}`}
            explanation="No project can be created from it any more."
            fields={DEPRECATION_FIELDS}
            submitLabel="Deprecate template"
          />
        </Group>
      ) : null}
      <AggregateTabs
        aggregateId={aggregateId}
        shown={answer.version}
        newest={Math.max(answer.version, announced, stored)}
        own={Math.min(own, stored)}
        parts={PARTS}
        tabs={[
          { value: 'versions', label: 'Versions', content: <VersionsTab answer={answer} /> },
          { value: 'usage', label: 'Usage', content: <UsageTab templateId={templateId} /> },
        ]}
      />
    </>
  );
}
