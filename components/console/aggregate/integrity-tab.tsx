'use client';

import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LastRight } from '#components/console/integrity/last-right.tsx';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { type AggregateIntegrity, aggregateIntegritySchema } from '#lib/contracts/aggregates.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { aggregateKey, aggregatePath } from './aggregate-queries.ts';

/** Whether every view holds what the events say, and whether commands brought them all. */
export function IntegrityTab({ aggregateId }: { aggregateId: string }) {
  const query = useQuery({
    queryKey: aggregateKey(aggregateId, 'integrity'),
    queryFn: ({ signal }) =>
      fetchApi(aggregateIntegritySchema, aggregatePath(aggregateId, 'integrity'), { signal }),
    staleTime: 0,
    retry: false,
  });
  return (
    <Panel
      title="Integrity"
      subtitle="Every view compared with the events in the event store, and each event with its command’s record"
      query={query}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          Compare again
        </Button>
      }
    >
      {(found) => <Comparison aggregateId={aggregateId} found={found} />}
    </Panel>
  );
}

type ComparisonProps = { aggregateId: string; found: AggregateIntegrity };

function Comparison({ aggregateId, found }: ComparisonProps) {
  const { nameView, nameAggregate } = useConsole();
  const { version, differences, count, explained, unknownOrigins } = found;
  const open = count - explained;
  return (
    <>
      <p>
        <StatusBadge tone={open > 0 ? 'bad' : 'good'}>
          {open > 0 ? countOf(open, 'difference') : 'No difference'}
        </StatusBadge>{' '}
        up to event {formatCount(version)}
        {explained > 0 ? `; ${countOf(explained, 'difference')} more with a known reason` : ''}
        {unknownOrigins > 0
          ? `; how ${countOf(unknownOrigins, 'event')} came in is unknown, for records of commands expire`
          : ''}
        .
      </p>
      {differences.length === 0 ? null : (
        <Table.ScrollContainer minWidth={680}>
          <Table fz="sm" aria-label="Differences">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>View</Table.Th>
                <Table.Th>Field</Table.Th>
                <Table.Th>Events say</Table.Th>
                <Table.Th>View holds</Table.Th>
                <Table.Th>Last right</Table.Th>
                <Table.Th>Because</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map(({ view, field, expected, actual, explanation, lastRight }) => (
                <Table.Tr key={`${view} ${field}`}>
                  <Table.Td>{nameView(view).label}</Table.Td>
                  <Table.Td>{field}</Table.Td>
                  <Table.Td>{expected ?? '–'}</Table.Td>
                  <Table.Td>{actual ?? '–'}</Table.Td>
                  <Table.Td>
                    {explanation === null ? (
                      <LastRight aggregateId={aggregateId} lastRight={lastRight} />
                    ) : (
                      ''
                    )}
                  </Table.Td>
                  <Table.Td>{explanation ?? ''}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open > 0 ? (
        <OperationButton
          kind="repair"
          input={{ aggregateId }}
          label="Repair"
          title={`Repair what the views hold of ${nameAggregate(aggregateId).label}`}
          effect={
            <>
              In each of its views, what is held of it goes, and its events are applied anew:{' '}
              {countOf(open, 'difference')} as listed go. Commands and all other{' '}
              {nameAggregate(aggregateId).noun}s go on meanwhile.
            </>
          }
        />
      ) : null}
    </>
  );
}
