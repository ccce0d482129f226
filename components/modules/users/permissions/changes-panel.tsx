'use client';

import { Anchor, Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { PageTurner } from '#components/console/list/page-turner.tsx';
import { FreshnessOf } from '#components/console/system/freshness-of.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import { type PermissionChange, permissionChangesPageSchema } from '#lib/modules/users/queries.ts';
import tableClasses from '../table.module.css';
import { toEventHref } from '../to-event-href.ts';
import classes from './changes-panel.module.css';

export type ChangesPanelProps = {
  title: string;
  /** Of this user alone, or of this permission alone; null for all. */
  user: string | null;
  permission: string | null;
};

/** Changes of permissions, newest first; each leads to the matrix of its time. */
export function ChangesPanel({ title, user, permission }: ChangesPanelProps) {
  const [cursor, setCursor] = useQueryState(
    'cursor',
    parseAsString.withOptions({ history: 'push' }),
  );
  const params = { user, permission, cursor };
  const query = useQuery({
    queryKey: ['permission-changes', params],
    queryFn: ({ signal }) =>
      fetchApi(permissionChangesPageSchema, '/api/permissions/changes', { params, signal }),
    placeholderData: keepPreviousData,
    meta: { follows: ['permission-matrix'] },
  });
  return (
    <div className={classes.place}>
      <Panel
        title={title}
        subtitle="Newest first; a time leads to the matrix as it was then"
        flush
        query={query}
        actions={<FreshnessOf query={query} />}
        isEmpty={({ items }) => items.length === 0}
        empty={{ title: 'No change', hint: 'Nobody granted or revoked anything of this yet.' }}
      >
        {({ items, nextCursor, previousCursor }) => (
          <>
            <Changes items={items} isOfOne={user !== null} />
            <div className={classes.footer}>
              <PageTurner
                cursor={cursor}
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                onTurn={(next) => void setCursor(next)}
              />
            </div>
          </>
        )}
      </Panel>
    </div>
  );
}

type ChangesProps = {
  items: readonly PermissionChange[];
  /** All are one user's, who need not be named. */
  isOfOne: boolean;
};

function Changes({ items, isOfOne }: ChangesProps) {
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table className={tableClasses.table} aria-label="Changes of permissions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            {isOfOne ? null : <Table.Th>User</Table.Th>}
            <Table.Th>Change</Table.Th>
            <Table.Th>Permission</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>Event</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ userId, permission, change, changedBy, changedAt, sequence }) => (
            <Table.Tr key={`${userId} ${sequence} ${permission}`}>
              <Table.Td>
                <Anchor
                  component={Link}
                  inherit
                  prefetch={false}
                  href={`/permissions?at=${encodeURIComponent(changedAt)}`}
                >
                  <Time iso={changedAt} />
                </Anchor>
              </Table.Td>
              {isOfOne ? null : (
                <Table.Td>
                  <Anchor
                    component={Link}
                    inherit
                    prefetch={false}
                    href={`/users/${encodeURIComponent(userId)}`}
                  >
                    {userId}
                  </Anchor>
                </Table.Td>
              )}
              <Table.Td>
                <StatusBadge tone={change === 'granted' ? 'good' : 'warn'}>
                  {change === 'granted' ? 'Granted' : 'Revoked'}
                </StatusBadge>
              </Table.Td>
              <Table.Td>
                <code>{permission}</code>
              </Table.Td>
              <Table.Td>{changedBy}</Table.Td>
              <Table.Td>
                <Anchor
                  component={Link}
                  inherit
                  prefetch={false}
                  href={toEventHref(userId, sequence)}
                >
                  Event {formatCount(sequence)}
                </Anchor>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
