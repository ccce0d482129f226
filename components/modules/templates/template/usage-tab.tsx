'use client';

import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Day } from '#components/ui/time.tsx';
import { countOf } from '#lib/count-format.ts';
import { templateUsageSchema } from '#lib/modules/projects/queries.ts';
import { UsageOverTime } from './usage-over-time.tsx';

/** The projects that were created from a template, the newest first. */
export function UsageTab({ templateId }: { templateId: string }) {
  const path = `/api/templates/${encodeURIComponent(templateId)}/usage`;
  const query = useQuery({
    queryKey: ['template-usage', templateId],
    queryFn: ({ signal }) => fetchApi(templateUsageSchema, path, { signal }),
    meta: { follows: ['template-usage'] },
  });
  return (
    <Panel
      title="Projects created from it"
      query={query}
      isEmpty={({ total }) => total === 0}
      empty={{
        title: 'No project was created from this template',
        hint: 'Create one on the page “Projects”.',
      }}
    >
      {({ items, total, versions, months }) => (
        <>
          <UsageOverTime versions={versions} months={months} />
          <p>
            {countOf(total, 'project')}
            {items.length < total ? `; the newest ${items.length} are shown` : ''}.
          </p>
          <Table.ScrollContainer minWidth={0}>
            <Table fz="sm" aria-label="Projects created from it">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Project</Table.Th>
                  <Table.Th>Version</Table.Th>
                  <Table.Th>Created</Table.Th>
                  <Table.Th>Status</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map(({ projectId, name, version, createdAt, archivedAt }) => (
                  <Table.Tr key={projectId}>
                    <Table.Td>
                      <Anchor
                        component={Link}
                        inherit
                        href={`/projects/${encodeURIComponent(projectId)}`}
                      >
                        {name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{version}</Table.Td>
                    <Table.Td>
                      <Day iso={createdAt} />
                    </Table.Td>
                    <Table.Td>{archivedAt === null ? 'Active' : 'Archived'}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </Panel>
  );
}
