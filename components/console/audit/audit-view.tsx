'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { ExportButton } from '#components/console/list/export-button.tsx';
import { PageTurner } from '#components/console/list/page-turner.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { TextFilter } from '#components/ui/text-filter.tsx';
import { auditPageSchema } from '#lib/contracts/audit.ts';
import { AUDIT_EXPORT } from './audit-export.ts';
import { AuditTable } from './audit-table.tsx';
import classes from './audit-view.module.css';

const REFRESH_MS = 5_000;

/** What operators did to the delivery, in the browser and on the command line. */
export function AuditView() {
  const [{ cursor, subject }, setState] = useQueryStates(
    { cursor: parseAsString, subject: parseAsString.withDefault('') },
    { history: 'push' },
  );
  const params = { subject, cursor };
  const query = useQuery({
    queryKey: ['audit', params],
    queryFn: ({ signal }) => fetchApi(auditPageSchema, AUDIT_EXPORT.path, { params, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: cursor === null ? REFRESH_MS : false,
  });
  return (
    <>
      <PageHeader
        title="Audit"
        subtitle="What operators did: who, when, what, why, and what came of it"
        actions={<ExportButton spec={AUDIT_EXPORT} params={{ subject }} />}
      />
      <Panel
        title="Operators’ actions"
        hideTitle
        flush
        query={query}
        actions={
          <TextFilter
            label="Done to"
            value={subject}
            placeholder="accounts, or account#CZ-1"
            onChange={(text) => void setState({ subject: text || null, cursor: null })}
          />
        }
        isEmpty={({ items }) => items.length === 0}
        empty={{
          title: 'Nothing was done',
          hint: 'Pauses, retries, skips, rebuilds and repairs are recorded here, whoever does them.',
        }}
      >
        {({ items, nextCursor, previousCursor, problems }) => (
          <>
            {problems.map((problem) => (
              <p key={problem} role="alert" className={classes.problem}>
                A part of the record is missing: {problem}
              </p>
            ))}
            <AuditTable items={items} />
            <div className={classes.footer}>
              <PageTurner
                cursor={cursor}
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                onTurn={(next) => void setState({ cursor: next })}
              />
            </div>
          </>
        )}
      </Panel>
    </>
  );
}
