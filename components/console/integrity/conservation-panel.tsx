'use client';

import { Table } from '@mantine/core';
import { useConsole } from '#components/console/use-console.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { type Conservation, toExcess } from '#lib/contracts/conservation.ts';
import { formatCount } from '#lib/count-format.ts';
import { describeConservation } from './conservation-words.ts';
import { useIntegrityHistory } from './use-integrity-history.ts';

/** What the views hold altogether beside what all events come to, by the newest comparison of everything. */
export function ConservationPanel() {
  const query = useIntegrityHistory();
  const { data } = query;
  return (
    <Panel
      title="Conservation"
      subtitle={
        data?.conserved ? (
          <>
            By the comparison of everything that ended <Time iso={data.conserved.endedAt} />
          </>
        ) : (
          'What the views hold altogether, beside what all events come to'
        )
      }
      query={query}
      isEmpty={({ conserved }) => !conserved?.quantities.length}
      empty={{
        title: 'Not known yet',
        hint: 'A comparison of everything adds up all events, and says it here.',
      }}
    >
      {({ conserved }) =>
        conserved?.quantities.map((found) => <Quantity key={found.quantity} found={found} />)
      }
    </Panel>
  );
}

function Quantity({ found }: { found: Conservation }) {
  const { nameQuantity, nameView } = useConsole();
  const words = nameQuantity(found.quantity);
  const { word, tone, sentence } = describeConservation(words, found);
  return (
    <>
      <p>
        <StatusBadge tone={tone}>{word}</StatusBadge> {words.label} in {nameView(found.view).label},
        at position {formatCount(found.position)}. {sentence}
      </p>
      {found.units.length === 0 ? null : (
        <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
          <Table fz="sm" aria-label={`Conservation of ${words.label.toLowerCase()}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.unit}</Table.Th>
                <Table.Th ta="end">{words.made}</Table.Th>
                <Table.Th ta="end">Transfers under way</Table.Th>
                <Table.Th ta="end">{words.held}</Table.Th>
                <Table.Th ta="end">Off by</Table.Th>
                <Table.Th ta="end">Transfers with one side</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.units.map((unit) => (
                <Table.Tr key={unit.unit}>
                  <Table.Td>{unit.unit}</Table.Td>
                  {[unit.made, unit.underWay, unit.held, toExcess(unit)].map((amount, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed.
                    <Table.Td key={column} ta="end">
                      {words.formatAmount(BigInt(amount), unit.unit)}
                    </Table.Td>
                  ))}
                  <Table.Td ta="end">{formatCount(unit.unpaired)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
