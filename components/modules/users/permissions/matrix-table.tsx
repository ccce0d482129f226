'use client';

import Link from 'next/link';
import type { ListTableProps } from '#components/console/list/list-table.tsx';
import { groupBy } from '#lib/group-by.ts';
import { PERMISSIONS } from '#lib/modules/users/permissions.ts';
import { UserStatus } from '../user-status.tsx';
import { GrantMark } from './grant-mark.tsx';
import classes from './matrix-table.module.css';
import type { MatrixRow } from './permissions-list.tsx';

/** Users by permissions, these in groups by what they are for: "bank" of "bank:commands". */
export function MatrixTable({ spec, rows, stale, tableRef }: ListTableProps<MatrixRow>) {
  const columns = toColumns(rows);
  const groups = [...groupBy(columns, ({ scope }) => scope)];
  return (
    <div className={classes.scroll} data-stale={stale || undefined}>
      <table ref={tableRef} className={classes.table} aria-label={spec.title} aria-busy={stale}>
        <thead>
          <tr>
            <th rowSpan={2} scope="col" className={classes.user}>
              User
            </th>
            {groups.map(([scope, { length }]) => (
              <th key={scope} colSpan={length} scope="colgroup" className={classes.scope}>
                {scope === '*' ? 'all (*)' : scope}
              </th>
            ))}
          </tr>
          <tr>
            {columns.map(({ permission, action, isFirst }) => (
              <th
                key={permission}
                scope="col"
                className={classes.action}
                data-first={isFirst || undefined}
              >
                <span>{action}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.userId}>
              <th scope="row" className={classes.user}>
                <Link href={spec.toHref(row)} prefetch={false} data-row-link>
                  {row.name}
                </Link>
                {row.status === 'active' ? null : <UserStatus status={row.status} />}
              </th>
              {columns.map(({ permission, isFirst }) => {
                const grant = row.permissions.find((held) => held.permission === permission);
                return (
                  <td
                    key={permission}
                    data-first={isFirst || undefined}
                    data-held={grant !== undefined || undefined}
                  >
                    {grant ? <GrantMark userId={row.userId} grant={grant} /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Column = {
  readonly permission: string;
  readonly scope: string;
  readonly action: string;
  /** The first of its group. */
  readonly isFirst: boolean;
};

/** Every permission, and behind these what is held that this page does not know. */
function toColumns(rows: readonly MatrixRow[]): Column[] {
  const held = rows.flatMap(({ permissions }) => permissions.map(({ permission }) => permission));
  const byScope = groupBy(new Set([...PERMISSIONS, ...held]), toScope);
  return [...byScope].flatMap(([scope, permissions]) =>
    permissions.map((permission, index) => ({
      permission,
      scope,
      action: permission.slice(scope.length + 1) || permission,
      isFirst: index === 0,
    })),
  );
}

function toScope(permission: string): string {
  return permission.split(':', 1)[0] ?? permission;
}
