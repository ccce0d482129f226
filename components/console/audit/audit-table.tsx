import { Anchor, Table } from '@mantine/core';
import Link from 'next/link';
import { useConsole } from '#components/console/use-console.tsx';
import { JsonView } from '#components/ui/json-view.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AuditEntry } from '#lib/contracts/audit.ts';
import classes from './audit-view.module.css';
import { nameAction, nameStatus, nameSubject } from './audit-words.ts';

/** Operators' actions, newest first. */
export function AuditTable({ items }: { items: readonly AuditEntry[] }) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table className={classes.table} aria-label="Operators’ actions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Done to</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th>What came of it</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const words = useConsole();
  const { at, actor, origin, action, reason, effect } = entry;
  const { label, href } = nameSubject(words, entry);
  const status = nameStatus(entry);
  return (
    <Table.Tr>
      <Table.Td className={classes.time}>
        <Time iso={at} />
      </Table.Td>
      <Table.Td>{actor}</Table.Td>
      <Table.Td className={classes.time}>{origin ?? '–'}</Table.Td>
      <Table.Td>{nameAction(action)}</Table.Td>
      <Table.Td>
        {href === null ? (
          label
        ) : (
          <Anchor component={Link} inherit prefetch={false} href={href}>
            {label}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td className={classes.reason}>{reason ?? '–'}</Table.Td>
      <Table.Td>
        {status === null ? null : <StatusBadge tone={status.tone}>{status.label}</StatusBadge>}
        {Object.keys(effect).length === 0 ? null : <JsonView value={effect} label="Effect" />}
      </Table.Td>
    </Table.Tr>
  );
}
