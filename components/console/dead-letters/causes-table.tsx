'use client';

import { UnstyledButton } from '@mantine/core';
import type { RefObject } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeadLetterCause, DeadLetterState } from '#lib/contracts/dead-letters.ts';
import { formatKnown } from './dead-letter-words.ts';
import classes from './dead-letters.module.css';

export type CausesTableProps = {
  causes: readonly DeadLetterCause[];
  state: DeadLetterState;
  chosen: string | null;
  onChoose: (cause: string) => void;
  tableRef: RefObject<HTMLTableElement | null>;
};

/** One row for each error, type and view; a row shows its aggregates. */
export function CausesTable({ causes, state, chosen, onChoose, tableRef }: CausesTableProps) {
  const { nameView } = useConsole();
  const waits = state === 'waiting';
  return (
    <div className={classes.causes} data-chosen={chosen !== null || undefined}>
      <table ref={tableRef} className={classes.table} aria-label="Causes">
        <thead>
          <tr>
            <th scope="col">Error</th>
            <th scope="col">View</th>
            <th scope="col">Type</th>
            <th scope="col" data-align="end">
              {waits ? 'Aggregates' : 'Events'}
            </th>
            {waits ? (
              <th scope="col" data-align="end">
                Behind
              </th>
            ) : null}
            <th scope="col">First failed</th>
            <th scope="col">Last failed</th>
          </tr>
        </thead>
        <tbody>
          {causes.map((cause) => (
            <tr key={cause.id} data-selected={cause.id === chosen || undefined}>
              <td data-main title={cause.errorGroup}>
                <UnstyledButton
                  className={classes.choose}
                  data-row-link
                  aria-pressed={cause.id === chosen}
                  onClick={() => onChoose(cause.id)}
                >
                  {cause.errorGroup}
                </UnstyledButton>
              </td>
              <td>{nameView(cause.projection).label}</td>
              <td>{cause.eventType ?? '–'}</td>
              <td data-align="end" data-header={waits ? 'aggregates' : 'events'}>
                {formatKnown(cause.count, cause.atLeast)}
              </td>
              {waits ? (
                <td data-align="end" data-header="behind">
                  {formatKnown(cause.waiting)}
                </td>
              ) : null}
              <td data-small="hidden">
                <Time iso={cause.firstFailedAt} />
              </td>
              <td data-small="hidden">
                <Time iso={cause.lastFailedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
