'use client';

import { Tabs } from '@mantine/core';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { startTransition, useState } from 'react';
import { ApiError } from '#components/ui/api-client.ts';
import { PanelFrame, PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import type { AccountActions } from './account-actions.ts';
import { CONSISTENCIES } from './account-queries.ts';
import { CommandButtons } from './commands/command-buttons.tsx';
import { COMMANDS, CommandDrawer } from './commands/command-drawer.tsx';
import type { AcceptedCommand } from './commands/command-progress.ts';
import { ProgressLine } from './commands/progress-line.tsx';
import { useCommandProgress } from './commands/use-command-progress.ts';
import { AccountHeader } from './header/account-header.tsx';
import { UnknownAccount } from './header/unknown-account.tsx';
import { LedgerTab } from './ledger/ledger-tab.tsx';
import { TimeMachineTab } from './time-machine/time-machine-tab.tsx';
import { TimelineTab } from './timeline/timeline-tab.tsx';
import { useAccount } from './use-account.ts';
import { useFollowAccount } from './use-follow-account.ts';

const TABS = ['ledger', 'timeline', 'time-machine'] as const;

export type AccountPageProps = {
  accountId: string;
  actions: AccountActions;
};

/** One account: what it holds, its ledger, its events, its past, and its commands. */
export function AccountPage({ accountId, actions }: AccountPageProps) {
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(TABS).withDefault('ledger').withOptions({ history: 'push' }),
  );
  const [consistency, setConsistency] = useQueryState(
    'consistency',
    parseAsStringLiteral(CONSISTENCIES).withDefault('eventual'),
  );
  const [command, setCommand] = useQueryState('command', parseAsStringLiteral(COMMANDS));
  const [own, setOwn] = useState(0);
  const announced = useFollowAccount(accountId);
  const query = useAccount(accountId, consistency);
  const view = query.data;
  const { progress, visible, follow } = useCommandProgress(accountId, consistency, view);

  useShortcuts([
    { ...TAB_KEYS, id: 'ledger', keys: '1', label: 'Ledger', run: () => void setTab('ledger') },
    {
      ...TAB_KEYS,
      id: 'timeline',
      keys: '2',
      label: 'Timeline',
      run: () => void setTab('timeline'),
    },
    {
      ...TAB_KEYS,
      id: 'time-machine',
      keys: '3',
      label: 'Time machine',
      run: () => void setTab('time-machine'),
    },
  ]);

  async function accept(accepted: AcceptedCommand) {
    void setCommand(null);
    // The balance first; the lists follow without holding it up.
    await follow(accepted);
    startTransition(() => setOwn(accepted.sequence));
  }

  if (view === undefined) {
    return query.error instanceof ApiError && query.error.code === 'ACCOUNT_NOT_FOUND' ? (
      <UnknownAccount accountId={accountId} />
    ) : (
      <PanelFrame title="Account" busy={query.error === null}>
        {query.error ? (
          <QueryError
            error={query.error}
            what="Account"
            retry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <PanelSkeleton lines={6} />
        )}
      </PanelFrame>
    );
  }

  const { account } = view;
  const newest = Math.max(account.version, announced, own);
  const list = { accountId, newest, own };
  return (
    <>
      {query.error ? (
        <QueryError
          compact
          error={query.error}
          what="Account"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
      <AccountHeader
        view={view}
        consistency={consistency}
        onConsistency={(chosen) => void setConsistency(chosen)}
        commands={<CommandButtons account={account} onOpen={(chosen) => void setCommand(chosen)} />}
        progress={<ProgressLine progress={progress} visible={visible} />}
      />
      <Tabs
        value={tab}
        onChange={(chosen) => void setTab(TABS.find((one) => one === chosen) ?? 'ledger')}
        keepMounted={false}
      >
        <Tabs.List mb="md" aria-label="Views of this account">
          <Tabs.Tab value="ledger">Ledger</Tabs.Tab>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="time-machine">Time machine</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="ledger">
          <LedgerTab currency={account.currency} {...list} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <TimelineTab {...list} />
        </Tabs.Panel>
        <Tabs.Panel value="time-machine">
          <TimeMachineTab view={view} />
        </Tabs.Panel>
      </Tabs>
      <CommandDrawer
        account={account}
        actions={actions}
        command={command}
        onAccepted={(accepted) => void accept(accepted)}
        onClose={() => void setCommand(null)}
      />
    </>
  );
}

const TAB_KEYS = { group: 'Account' };
