'use client';

import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { FreshnessOf } from '#components/console/system/freshness-of.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { formatCount } from '#lib/count-format.ts';
import { serviceKindsSchema } from '#lib/modules/projects/queries.ts';

/** What all active projects are made of: services by kind, and which kind uses which. */
export function ServiceKindsPanel() {
  const query = useQuery({
    queryKey: ['service-kinds'],
    queryFn: ({ signal }) => fetchApi(serviceKindsSchema, '/api/service-kinds', { signal }),
    meta: { follows: ['service-topology'] },
  });
  return (
    <Panel
      title="Services of all active projects"
      subtitle="By kind, with the kinds that they use and by how many links"
      query={query}
      actions={<FreshnessOf query={query} />}
      isEmpty={({ kinds }) => kinds.length === 0}
      empty={{ title: 'No active project has a service' }}
    >
      {({ kinds, links }) => (
        <Table.ScrollContainer minWidth={0}>
          <Table fz="sm" aria-label="Services of all active projects">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Kind</Table.Th>
                <Table.Th ta="end">Services</Table.Th>
                <Table.Th>Uses</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {kinds.map(({ kind, services }) => (
                <Table.Tr key={kind}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      inherit
                      underline="always"
                      href={`/projects?kind=${encodeURIComponent(kind)}&status=active`}
                    >
                      {kind}
                    </Anchor>
                  </Table.Td>
                  <Table.Td ta="end">{formatCount(services)}</Table.Td>
                  <Table.Td>
                    {links
                      .filter(({ from }) => from === kind)
                      .map(({ to, count }) => `${to} ${formatCount(count)}`)
                      .join(', ') || '–'}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
