import { Table } from '@mantine/core';
import { PanelFrame } from '#components/ui/panel.tsx';
import type { EntityName } from '#lib/modules/crm/entities.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import type { EntityAnswer } from '#lib/modules/crm/queries.ts';
import classes from './crm.module.css';

const toText = (value: unknown) =>
  value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value);

/** A record field by field: as it came, what is done with it, and what becomes of it. */
export function FieldsTab({
  entityName,
  answer: { entity, raw },
}: {
  entityName: EntityName;
  answer: EntityAnswer;
}) {
  const { fields, version } = MAPPINGS[entityName];
  const mapped = new Set(fields.flatMap(({ from }) => from));
  const others = Object.keys(raw).filter((name) => !mapped.has(name));
  return (
    <>
      <PanelFrame
        title="Fields"
        subtitle={`As they came, and as version ${version} of the mapping makes them`}
        flush
      >
        <Table.ScrollContainer minWidth={620} type="native" tabIndex={0}>
          <Table className={classes.table} aria-label="Fields as they came and normalised">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Field</Table.Th>
                <Table.Th>Comes from</Table.Th>
                <Table.Th>As it came</Table.Th>
                <Table.Th>Becomes</Table.Th>
                <Table.Th>Normalised</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {fields.map(({ name, from, type }) => (
                <Table.Tr key={name}>
                  <Table.Td>
                    <code>{name}</code>
                  </Table.Td>
                  <Table.Td>{from.join(', else ')}</Table.Td>
                  <Table.Td>{from.map((source) => toText(raw[source])).join(' · ')}</Table.Td>
                  <Table.Td>{type}</Table.Td>
                  <Table.Td>
                    {entity.errors[name] === undefined ? (
                      toText(entity.values[name])
                    ) : (
                      <span className={classes.problem}>{entity.errors[name]}</span>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </PanelFrame>
      {others.length === 0 ? null : (
        <PanelFrame title="Not mapped" subtitle="What else came of the record" flush>
          <Table className={classes.table} aria-label="Fields that are not mapped">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Field</Table.Th>
                <Table.Th>As it came</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {others.sort().map((name) => (
                <Table.Tr key={name}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>{toText(raw[name])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </PanelFrame>
      )}
    </>
  );
}
