import { Table } from '@mantine/core';
import { PanelFrame } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Tone } from '#components/ui/tone.ts';
import type { Rebuild } from '#lib/contracts/rebuilds.ts';
import { formatCount, formatRate } from '#lib/count-format.ts';

const STATUSES: Readonly<
  Record<Rebuild['status'], { readonly tone: Tone; readonly word: string }>
> = {
  running: { tone: 'accent', word: 'Being filled' },
  ready: { tone: 'accent', word: 'Ready' },
  swapped: { tone: 'good', word: 'Swapped in' },
  discarded: { tone: 'neutral', word: 'Discarded' },
  failed: { tone: 'bad', word: 'Stopped' },
  cancelled: { tone: 'neutral', word: 'Cancelled' },
  unknown: { tone: 'warn', word: 'Unknown' },
};

const KIND_WORDS: Readonly<Record<Rebuild['kind'], string>> = {
  rebuild: 'Rebuild',
  rollback: 'Rollback',
  bus: 'Replay by the bus',
};

/** The newest rebuilds of a projection. */
export function RebuildHistory({ rebuilds }: { rebuilds: readonly Rebuild[] }) {
  return (
    <PanelFrame title="Rebuilds so far" subtitle="The newest twenty">
      {rebuilds.length === 0 ? (
        'It was never rebuilt.'
      ) : (
        <Table.ScrollContainer minWidth={680} type="native" tabIndex={0}>
          <Table fz="sm" aria-label="Rebuilds so far">
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">No.</Table.Th>
                <Table.Th>What</Table.Th>
                <Table.Th>Status</Table.Th>
                <Table.Th>Version</Table.Th>
                <Table.Th ta="right">Position</Table.Th>
                <Table.Th ta="right">Events/s</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th>Begun</Table.Th>
                <Table.Th>Changed</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rebuilds.map((rebuild) => (
                <Row key={rebuild.id} rebuild={rebuild} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </PanelFrame>
  );
}

function Row({ rebuild }: { rebuild: Rebuild }) {
  const { id, kind, status, fromVersion, version, position, rate } = rebuild;
  const { tone, word } = STATUSES[status];
  return (
    <Table.Tr>
      <Table.Td ta="right">{id}</Table.Td>
      <Table.Td>{KIND_WORDS[kind]}</Table.Td>
      <Table.Td>
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </Table.Td>
      <Table.Td>{fromVersion === version ? version : `${fromVersion} → ${version}`}</Table.Td>
      <Table.Td ta="right">{formatCount(position)}</Table.Td>
      <Table.Td ta="right">{rate === null ? '–' : formatRate(rate)}</Table.Td>
      <Table.Td>{rebuild.requestedBy}</Table.Td>
      <Table.Td>
        <Time iso={rebuild.startedAt} />
      </Table.Td>
      <Table.Td>
        <Time iso={rebuild.updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
