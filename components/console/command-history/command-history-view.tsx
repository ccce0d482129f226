'use client';

import { Alert, Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { FirstAction } from '#components/console/first-action.tsx';
import { focusRow } from '#components/console/list/focus-row.ts';
import { PageTurner } from '#components/console/list/page-turner.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import type { CommandDrawerProps } from './command-drawer.tsx';
import { CommandFilterBar } from './command-filter-bar.tsx';
import classes from './command-history-view.module.css';
import { CommandTable } from './command-table.tsx';
import {
  type CommandFilters,
  useCommandFilters,
  useCommandHistory,
  useOpenCommand,
} from './use-command-history.ts';

const CommandDrawer = loadWhenOpened<CommandDrawerProps>({
  load: () => import('./command-drawer.tsx').then((module) => module.CommandDrawer),
  isOpened: ({ id }) => id !== null,
  closed: { id: null },
});

/** Every command, newest first: what was asked for, by whom, and what came of it. */
export function CommandHistoryView() {
  const [filters, setFilters] = useCommandFilters();
  const [{ command: openId, correlation }, setOpen] = useOpenCommand();
  const [held, setHeld] = useState(false);
  const tableRef = useRef<HTMLTableElement>(null);
  const { query, hasNewer } = useCommandHistory(filters, !held && openId === null);
  const isFiltered = Boolean(
    filters.outcome || filters.type.length || filters.actor.length || filters.aggregate,
  );
  const change = (changes: Partial<CommandFilters>) =>
    void setFilters({ ...changes, cursor: null });
  const clear = () => void setFilters(null);
  function close() {
    void setOpen(null);
    const link = tableRef.current?.querySelector<HTMLElement>('[data-selected] [data-row-link]');
    requestAnimationFrame(() => link?.focus());
  }

  const group = 'Commands';
  useShortcuts([
    {
      id: 'next',
      keys: 'j',
      label: 'Older command',
      group,
      run: () => focusRow(tableRef.current, 1),
    },
    {
      id: 'previous',
      keys: 'k',
      label: 'Newer command',
      group,
      run: () => focusRow(tableRef.current, -1),
    },
    { id: 'new', keys: 'n', label: 'Show new commands', group, run: () => void query.refetch() },
  ]);

  return (
    <>
      <PageHeader
        title="Commands"
        subtitle="Everything that was asked for, newest first, and what came of it"
      />
      <CommandFilterBar
        filters={filters}
        onChange={change}
        onClear={isFiltered ? clear : null}
        page={query.data}
      />
      <Panel
        title="History"
        hideTitle
        flush
        query={query}
        isEmpty={({ items, nextCursor, problems }) =>
          items.length === 0 && nextCursor === null && problems.length === 0
        }
        empty={
          isFiltered
            ? {
                title: 'No command matches',
                hint: 'Filters look at every command that is kept.',
                action: (
                  <Button variant="default" onClick={clear}>
                    Clear all filters
                  </Button>
                ),
              }
            : {
                title: 'No command yet',
                hint: 'Whatever somebody asks for shows here, accepted or refused.',
                action: <FirstAction />,
              }
        }
      >
        {({ items, nextCursor, previousCursor, problems }) => (
          <>
            {problems.map((problem) => (
              <Alert key={problem} color="yellow" role="status" radius={0}>
                {problem}
              </Alert>
            ))}
            <CommandTable
              items={items}
              selectedId={openId}
              stale={query.isPlaceholderData}
              onOpen={({ id, correlationId }) =>
                void setOpen({ command: id, correlation: correlationId }, { history: 'push' })
              }
              onHold={setHeld}
              tableRef={tableRef}
              pill={
                <NewRowsPill
                  count={hasNewer && (held || openId !== null) ? null : 0}
                  noun="command"
                  onShow={() => void query.refetch()}
                  loading={query.isFetching}
                />
              }
            />
            {items.length === 0 && nextCursor !== null ? (
              <p className={classes.none}>
                None among the newest; the next page looks further back.
              </p>
            ) : null}
            <div className={classes.footer}>
              <PageTurner
                cursor={filters.cursor}
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                onTurn={(cursor) => void setFilters({ cursor }, { scroll: true })}
              />
            </div>
          </>
        )}
      </Panel>
      <CommandDrawer id={openId} correlation={correlation} onClose={close} />
    </>
  );
}
