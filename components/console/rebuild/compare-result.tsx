import { Table } from '@mantine/core';
import type { z } from 'zod';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { DiffRows } from './diff-rows.tsx';
import classes from './rebuild-steps.module.css';

type Result = z.infer<(typeof OPERATION_RESULTS)['compare-rebuild']>;

export type CompareResultProps = {
  result: Result;
  /** The rebuild that is ready now. */
  readyId: number | null;
};

/** How two generations differ: in numbers for each table, then row by row. */
export function CompareResult({ result, readyId }: CompareResultProps) {
  const { rebuildId, position, tables } = result;
  const rows = tables.reduce(
    (sum, { onlyInOld, onlyInNew, differing }) => sum + onlyInOld + onlyInNew + differing,
    0,
  );
  return (
    <>
      <p className={classes.text}>
        <StatusBadge tone={rows > 0 ? 'warn' : 'good'}>
          {rows > 0 ? `${countOf(rows, 'row differs', 'rows differ')}` : 'Both hold the same rows'}
        </StatusBadge>{' '}
        at position {formatCount(position)}
        {rebuildId === readyId ? '' : `; this was rebuild ${rebuildId}, which is over`}.
      </p>
      <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
        <Table fz="sm" aria-label="Tables compared">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th ta="right">Rows serving</Table.Th>
              <Table.Th ta="right">New rows</Table.Th>
              <Table.Th ta="right">Differ</Table.Th>
              <Table.Th ta="right">Only serving</Table.Th>
              <Table.Th ta="right">Only new</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tables.map(({ table, rowsInOld, rowsInNew, differing, onlyInOld, onlyInNew }) => (
              <Table.Tr key={table}>
                <Table.Td>{table}</Table.Td>
                {[rowsInOld, rowsInNew, differing, onlyInOld, onlyInNew].map((count, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns do not move
                  <Table.Td key={index} ta="right">
                    {formatCount(count)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {tables
        .filter(({ sample }) => sample.length > 0)
        .map(({ table, sample, onlyInOld, onlyInNew, differing }) => (
          <DiffRows
            key={table}
            table={table}
            sample={sample}
            total={onlyInOld + onlyInNew + differing}
          />
        ))}
    </>
  );
}
