'use client';

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { nameAction, nameStatus, nameSubject } from '#components/console/audit/audit-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { type AuditEntry, auditPageSchema } from '#lib/contracts/audit.ts';
import classes from './audit-panel.module.css';

const SHOWN = 5;
const REFRESH_MS = 10_000;

/** What operators did last. */
export function AuditPanel() {
  const query = useQuery({
    queryKey: ['audit', 'newest'],
    queryFn: ({ signal }) =>
      fetchApi(auditPageSchema, '/api/audit', { params: { limit: SHOWN }, signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Panel
      title="Operators’ actions"
      query={query}
      subtitle={query.data?.problems.join(' ') || undefined}
      isEmpty={({ items, problems }) => items.length + problems.length === 0}
      empty={{
        title: 'No operator has done anything yet',
        hint: 'Pauses, retries, skips and rebuilds show here, with who and why.',
      }}
      actions={
        <Anchor component={Link} href="/audit" size="sm">
          Audit
        </Anchor>
      }
    >
      {({ items }) => (
        <ul className={classes.list}>
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { label, href } = nameSubject(useConsole(), entry);
  const status = nameStatus(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.what}>
        <b>{nameAction(entry.action)}</b>{' '}
        {href === null ? (
          label
        ) : (
          <Anchor component={Link} inherit prefetch={false} href={href}>
            {label}
          </Anchor>
        )}
        {status === null ? null : (
          <>
            {' '}
            <StatusBadge tone={status.tone}>{status.label}</StatusBadge>
          </>
        )}
      </span>
      <span className={classes.who}>
        {entry.actor}
        {entry.reason === null ? '' : `: ${entry.reason}`} · <Time iso={entry.at} />
      </span>
    </li>
  );
}
