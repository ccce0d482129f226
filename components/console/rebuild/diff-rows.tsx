import { Table } from '@mantine/core';
import { Fragment } from 'react';
import { formatCount } from '#lib/count-format.ts';
import classes from './diff-rows.module.css';

type DiffRow = Readonly<Record<string, string | null>> | null;

export type DiffRowsProps = {
  table: string;
  sample: readonly { readonly old: DiffRow; readonly new: DiffRow }[];
  /** So many rows differ; the sample may have fewer. */
  total: number;
};

/** Rows that differ, as they serve and as they are in the new generation, with what changes marked. */
export function DiffRows({ table, sample, total }: DiffRowsProps) {
  const columns = toColumns(sample);
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0}>
      <Table fz="xs" className={classes.table} aria-label={`Rows of ${table} that differ`}>
        <Table.Caption className={classes.caption}>
          {table}: {total > sample.length ? `the first ${sample.length} of ` : ''}
          {formatCount(total)} that differ
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Generation</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sample.map((pair) => (
            <Fragment key={JSON.stringify(pair)}>
              <Row name="Serves" row={pair.old} other={pair.new} columns={columns} />
              <Row name="New" row={pair.new} other={pair.old} columns={columns} />
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What changes anywhere comes first: that is what one looks for. */
function toColumns(sample: DiffRowsProps['sample']): string[] {
  const all = [...new Set(sample.flatMap((pair) => Object.keys(pair.old ?? pair.new ?? {})))];
  const isSame = (column: string) =>
    sample.every(
      (pair) => pair.old === null || pair.new === null || pair.old[column] === pair.new[column],
    );
  return [...all.filter((column) => !isSame(column)), ...all.filter(isSame)];
}

type RowProps = { name: string; row: DiffRow; other: DiffRow; columns: readonly string[] };

function Row({ name, row, other, columns }: RowProps) {
  if (row === null) {
    return (
      <Table.Tr data-generation={name}>
        <Table.Th>{name}</Table.Th>
        <Table.Td colSpan={columns.length} className={classes.none}>
          No such row
        </Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr data-generation={name}>
      <Table.Th>{name}</Table.Th>
      {columns.map((column) => {
        const value = row[column] ?? null;
        const isChanged = other !== null && value !== (other[column] ?? null);
        const text = value ?? 'none';
        return (
          <Table.Td key={column} className={value === null ? classes.none : undefined}>
            {isChanged ? <mark className={classes.changed}>{text}</mark> : text}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
