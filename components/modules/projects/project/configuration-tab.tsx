import { Stack, Table } from '@mantine/core';
import { PanelFrame } from '#components/ui/panel.tsx';
import type { ProjectAnswer } from '#lib/modules/projects/queries.ts';
import type { TopologyNode } from '#lib/modules/projects/topology.ts';

export type ConfigurationTabProps = {
  project: ProjectAnswer['project'];
  services: readonly TopologyNode[];
};

/** What the project and each of its services is configured with. */
export function ConfigurationTab({ project, services }: ConfigurationTabProps) {
  const parts = [
    { title: 'Project', entries: project.configuration },
    { title: 'Template’s parameters', entries: project.templateValues },
    ...services.map(({ name, configuration }) => ({
      title: `Service ${name}`,
      entries: configuration,
    })),
  ];
  return (
    <Stack>
      {parts.map(({ title, entries }) => (
        <PanelFrame key={title} title={title}>
          {Object.keys(entries).length === 0 ? (
            <p>No entry.</p>
          ) : (
            <Table fz="sm" aria-label={title}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Key</Table.Th>
                  <Table.Th>Value</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {Object.entries(entries).map(([key, value]) => (
                  <Table.Tr key={key}>
                    <Table.Td>{key}</Table.Td>
                    <Table.Td>{value}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </PanelFrame>
      ))}
    </Stack>
  );
}
