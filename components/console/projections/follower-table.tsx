'use client';

import { useSystem } from '#components/console/system/use-system.ts';
import { FollowerRows } from './follower-rows.tsx';
import classes from './follower-table.module.css';
import type { Follower } from './followers.ts';

/** The columns, all tables' alike. */
const COLUMNS = [
  { header: 'Name' },
  { header: 'Status' },
  { header: 'Events behind', align: 'end' },
  { header: 'Time behind', align: 'end' },
  { header: 'Trend' },
  { header: 'Events/s', align: 'end' },
  { header: 'Worker' },
  { header: 'Dead letters', align: 'end' },
  { header: 'Version', align: 'end' },
  { header: 'Position', align: 'end' },
  { header: 'Actions', align: 'end' },
] as const;

export type FollowerTableProps = { label: string; followers: readonly Follower[] };

/** What follows the event store, a row each; a second line says why one does not simply run. */
export function FollowerTable({ label, followers }: FollowerTableProps) {
  const { data } = useSystem();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {COLUMNS.map(({ header, ...column }) => (
              <th
                key={header}
                scope="col"
                data-column={header}
                data-align={'align' in column ? column.align : undefined}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        {followers.map((follower) => (
          <FollowerRows
            key={follower.name}
            follower={follower}
            history={data?.history ?? []}
            columns={COLUMNS.length}
          />
        ))}
      </table>
    </div>
  );
}
