'use client';

import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { describeOperation, readResult } from '#components/console/operations/operation-words.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Sparkline } from '#components/ui/sparkline.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import {
  OPERATION_RESULTS,
  type OperationState,
  operationsPageSchema,
} from '#lib/contracts/operations.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { useIntegrityHistory } from './use-integrity-history.ts';

const SHOWN = 20;
const REFRESH_MS = 3_000;

/** Earlier comparisons, newest first: whether the views drift from the events. */
export function RunsPanel() {
  const query = useQuery({
    queryKey: ['reconciliations'],
    queryFn: ({ signal }) =>
      fetchApi(operationsPageSchema, '/api/operations', {
        params: { kind: 'reconcile', limit: SHOWN },
        signal,
      }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Panel
      title="Runs"
      subtitle="The newest first; each leads to what it found"
      actions={<Drift />}
      flush
      query={query}
      isEmpty={({ items }) => items.length === 0}
      empty={{ title: 'No run yet', hint: 'A comparison that is asked for above stays here.' }}
    >
      {({ items }) => (
        <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
          <Table fz="sm" aria-label="Runs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Asked for</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th>Scope</Table.Th>
                <Table.Th ta="end">Compared</Table.Th>
                <Table.Th ta="end">Differ</Table.Th>
                <Table.Th ta="end">Explained</Table.Th>
                <Table.Th>Outcome</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((operation) => (
                <Run key={operation.id} operation={operation} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

/** Aggregates that differed, run by run: whether the views drift from the events. */
function Drift() {
  const { data } = useIntegrityHistory();
  const [newest] = data?.runs ?? [];
  return newest === undefined ? null : (
    <Sparkline
      values={(data?.runs ?? []).map(({ different }) => different).toReversed()}
      minTop={1}
      label={`Aggregates that differed, by run; ${countOf(newest.different, 'aggregate')} in the newest`}
    />
  );
}

function Run({ operation }: { operation: OperationState }) {
  const { id, input, requestedAt, requestedBy } = operation;
  const result = readResult(OPERATION_RESULTS.reconcile, operation);
  const count = (value: number | undefined) => (value === undefined ? '–' : formatCount(value));
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} inherit prefetch={false} href={`/integrity?run=${id}`}>
          <Time iso={requestedAt} />
        </Anchor>
      </Table.Td>
      <Table.Td>{requestedBy}</Table.Td>
      <Table.Td>{'sample' in input ? 'Sample' : 'Everything'}</Table.Td>
      <Table.Td ta="end">{count(result?.checked)}</Table.Td>
      <Table.Td ta="end">{count(result?.different)}</Table.Td>
      <Table.Td ta="end">{count(result?.explained)}</Table.Td>
      <Table.Td>
        {result === undefined ? (
          describeOperation(operation)
        ) : (
          <StatusBadge tone={result.different > 0 ? 'bad' : 'good'}>
            {result.different > 0 ? 'Differences' : 'No difference'}
          </StatusBadge>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
