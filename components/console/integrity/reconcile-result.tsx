'use client';

import { Anchor, Table } from '@mantine/core';
import Link from 'next/link';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ReconciliationResult } from '#lib/contracts/operations.ts';
import { countOf, formatCount } from '#lib/count-format.ts';

import { LastRight } from './last-right.tsx';

export type ReconcileResultProps = {
  result: ReconciliationResult;
  /** When it was found. */
  at: string | null;
};

type Item = ReconciliationResult['items'][number];

/** What a comparison found: how much differs, and where, with what mends it. */
export function ReconcileResult({ result, at }: ReconcileResultProps) {
  const { checked, aggregates, different, differences, explained, unknownOrigins, items } = result;
  return (
    <>
      <p>
        <StatusBadge tone={different > 0 ? 'bad' : checked === 0 ? 'neutral' : 'good'}>
          {different > 0
            ? `${countOf(different, 'aggregate')} differ${different === 1 ? 's' : ''}`
            : checked === 0
              ? 'Nothing to compare'
              : 'No difference'}
        </StatusBadge>{' '}
        {countOf(checked, 'aggregate')} compared
        {checked < aggregates ? ` of ${formatCount(aggregates)}` : ''}
        {explained > 0 ? `; ${formatCount(explained)} more differ for a known reason` : ''}
        {unknownOrigins > 0
          ? `; how ${countOf(unknownOrigins, 'event')} came in is unknown, for records of commands expire`
          : ''}
        {at === null ? null : (
          <>
            , <Time iso={at} />
          </>
        )}
        .
      </p>
      {items.length === 0 ? null : <Differences items={items} />}
      {differences > items.length ? (
        <p>
          The first {formatCount(items.length)} of {countOf(differences, 'difference')} are shown.
        </p>
      ) : null}
    </>
  );
}

function Differences({ items }: { items: readonly Item[] }) {
  return (
    <Table.ScrollContainer minWidth={860} type="native" tabIndex={0}>
      <Table fz="sm" aria-label="Differences">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Of</Table.Th>
            <Table.Th>View</Table.Th>
            <Table.Th>Field</Table.Th>
            <Table.Th>Events say</Table.Th>
            <Table.Th>View holds</Table.Th>
            <Table.Th>Last right</Table.Th>
            <Table.Th>Because</Table.Th>
            <Table.Th>Mend</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <DifferenceRow key={`${item.aggregateId} ${item.view} ${item.field}`} item={item} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DifferenceRow({ item }: { item: Item }) {
  const { nameAggregate, nameView } = useConsole();
  const { aggregateId, view, field, expected, actual, explanation, lastRight } = item;
  const { label, href } = nameAggregate(aggregateId);
  const viewLabel = nameView(view).label;
  // The event store is what the views are compared with: nothing repairs it.
  const isRepairable = explanation === null && view !== 'event-store';
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} inherit prefetch={false} href={`${href}?tab=integrity`}>
          {label}
        </Anchor>
      </Table.Td>
      <Table.Td>{viewLabel}</Table.Td>
      <Table.Td>{field}</Table.Td>
      <Table.Td>{expected ?? '–'}</Table.Td>
      <Table.Td>{actual ?? '–'}</Table.Td>
      <Table.Td>
        {explanation === null ? <LastRight aggregateId={aggregateId} lastRight={lastRight} /> : ''}
      </Table.Td>
      <Table.Td>{explanation ?? ''}</Table.Td>
      <Table.Td>
        {isRepairable ? (
          <OperationButton
            kind="repair"
            input={{ aggregateId, view }}
            label="Repair"
            title={`Repair ${viewLabel} of ${label}`}
            effect={`What ${viewLabel} holds of ${label} goes, and its events are applied anew: ${field} becomes ${expected ?? 'nothing'} instead of ${actual ?? 'nothing'}. Commands and everything else go on meanwhile.`}
          />
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
