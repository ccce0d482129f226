import { Table } from '@mantine/core';
import type { StateProps } from '#components/console/aggregate/time-machine/time-machine-parts.ts';
import classes from './crm.module.css';

const VALUES = 'values.';
const FLAGS: Readonly<Record<string, string>> = {
  isDeleted: 'Deleted',
  needsReading: 'Must be read',
};

/** A record's fields at an event beside those that it is compared with; what only the fold needs is left out. */
function RecordStateTable({ before, after }: StateProps) {
  const names = new Set(
    [...Object.keys(after), ...Object.keys(before ?? {})].filter(
      (name) => name.startsWith(VALUES) || name in FLAGS,
    ),
  );
  return (
    <Table.ScrollContainer minWidth={0} type="native" tabIndex={0}>
      <Table className={classes.table} aria-label="Fields">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>Here</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...names].sort().map((name) => (
            <Table.Tr key={name} data-changed={before?.[name] !== after[name]}>
              <Table.Td>{FLAGS[name] ?? name.slice(VALUES.length)}</Table.Td>
              <Table.Td>{before?.[name] ?? '—'}</Table.Td>
              <Table.Td>{after[name] ?? '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What the time machine of a record has of its own. */
export const RECORD_PARTS = { beginning: 'the first that came', State: RecordStateTable };
