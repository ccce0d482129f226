import { Table } from '@mantine/core';
import { formatCount } from '#lib/count-format.ts';
import type { TemplateUsage } from '#lib/modules/projects/queries.ts';

export type UsageOverTimeProps = Pick<TemplateUsage, 'versions' | 'months'>;

/** How many projects came of each version of a template, in all and month by month. */
export function UsageOverTime({ versions, months }: UsageOverTimeProps) {
  const names = [...new Set(months.map(({ month }) => month))].toReversed();
  const countOf = (month: string, version: number) =>
    months.find((each) => each.month === month && each.version === version)?.projects ?? 0;
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table fz="sm" aria-label="Projects by version and month">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Created in (UTC)</Table.Th>
            {versions.map(({ version }) => (
              <Table.Th key={version}>Version {version}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((month) => (
            <Table.Tr key={month}>
              <Table.Th scope="row">{month}</Table.Th>
              {versions.map(({ version }) => (
                <Table.Td key={version}>{formatCount(countOf(month, version))}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">In all</Table.Th>
            {versions.map(({ version, projects, active }) => (
              <Table.Td key={version}>
                {formatCount(projects)} ({formatCount(active)} active)
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}
