'use client';

import { Anchor, Table } from '@mantine/core';
import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import type { ReconciliationResult } from '#lib/contracts/operations.ts';

/** What a dry run would change, field by field. */
export function DryRunChanges({ items }: { items: ReconciliationResult['items'] }) {
  const { nameAggregate } = useConsole();
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
      <Table fz="sm" aria-label="What would change">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Of</Table.Th>
            <Table.Th>Field</Table.Th>
            <Table.Th>Serves now</Table.Th>
            <Table.Th>A rebuild would say</Table.Th>
            <Table.Th>Because</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ aggregateId, field, expected, actual, explanation }) => (
            <Table.Tr key={`${aggregateId} ${field}`}>
              <Table.Td>
                <Anchor component={Link} inherit href={nameAggregate(aggregateId).href}>
                  {nameAggregate(aggregateId).label}
                </Anchor>
              </Table.Td>
              <Table.Td>{field}</Table.Td>
              <Table.Td>{actual ?? '–'}</Table.Td>
              <Table.Td>{expected ?? '–'}</Table.Td>
              <Table.Td>{explanation ?? 'its events say so'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
