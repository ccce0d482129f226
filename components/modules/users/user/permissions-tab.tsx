'use client';

import { Anchor, Table } from '@mantine/core';
import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import type { PermissionGrant } from '#lib/modules/users/queries.ts';
import { ChangesPanel } from '../permissions/changes-panel.tsx';
import classes from '../table.module.css';
import { toEventHref } from '../to-event-href.ts';

export type PermissionsTabProps = { userId: string; permissions: readonly PermissionGrant[] };

/** What a user may do by whose grant, and every change of that. */
export function PermissionsTab({ userId, permissions }: PermissionsTabProps) {
  return (
    <>
      <PanelFrame title="Permissions" subtitle="What the user may do now" flush>
        {permissions.length === 0 ? (
          <EmptyState
            title="The user holds no permission"
            hint="“Change permissions” grants the first one."
          />
        ) : (
          <Table.ScrollContainer minWidth={0}>
            <Table className={classes.table} aria-label="Permissions">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Permission</Table.Th>
                  <Table.Th>Granted by</Table.Th>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Event</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {permissions.map(({ permission, grantedBy, grantedAt, sequence }) => (
                  <Table.Tr key={permission}>
                    <Table.Td>
                      <code>{permission}</code>
                    </Table.Td>
                    <Table.Td>{grantedBy}</Table.Td>
                    <Table.Td>
                      <Time iso={grantedAt} />
                    </Table.Td>
                    <Table.Td>
                      <Anchor component={Link} inherit href={toEventHref(userId, sequence)}>
                        Event {formatCount(sequence)}
                      </Anchor>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </PanelFrame>
      <ChangesPanel title="Changes" user={userId} permission={null} />
    </>
  );
}
