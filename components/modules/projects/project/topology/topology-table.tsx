import { Table, UnstyledButton } from '@mantine/core';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { MarkedTopology } from '#lib/modules/projects/topology.ts';
import type { TopologyCycles } from '#lib/modules/projects/topology-cycles.ts';
import { MARKS, toLinkWords } from './marks.ts';
import classes from './topology-table.module.css';

export type TopologyPictureProps = {
  /** What is shown of it. */
  topology: MarkedTopology;
  cycles: TopologyCycles;
  chosen: string | null;
  onChoose: (name: string | null) => void;
};

/** Services and links in words: what the graph shows in a picture. */
export function TopologyTable({ topology, cycles, chosen, onChoose }: TopologyPictureProps) {
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table fz="sm" aria-label="Services">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Service</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>Uses</Table.Th>
            <Table.Th>At this event</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {topology.nodes.map(({ name, kind, mark }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <UnstyledButton
                  className={classes.name}
                  aria-pressed={name === chosen}
                  onClick={() => onChoose(name === chosen ? null : name)}
                >
                  {name}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>{kind}</Table.Td>
              <Table.Td>{toUses(name) || '–'}</Table.Td>
              <Table.Td>
                <StatusBadge tone={MARKS[mark].tone}>{MARKS[mark].text}</StatusBadge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );

  function toUses(name: string): string {
    return topology.edges
      .filter(({ source }) => source === name)
      .map((edge) => {
        const words = toLinkWords(edge.mark, edge.mark !== 'removed' && cycles.has(edge));
        return words.length === 0 ? edge.target : `${edge.target} (${words.join(', ')})`;
      })
      .join(', ');
  }
}
