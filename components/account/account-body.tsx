'use client';

import { Tabs } from '@mantine/core';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type ReactNode, startTransition, useState } from 'react';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import type { AccountActions } from './account-actions.ts';
import type { AccountView, Consistency } from './account-queries.ts';
import { CommandButtons } from './commands/command-buttons.tsx';
import { COMMANDS, CommandDrawer } from './commands/command-drawer.tsx';
import type { AcceptedCommand } from './commands/command-progress.ts';
import { ProgressLine } from './commands/progress-line.tsx';
import { useCommandProgress } from './commands/use-command-progress.ts';
import { AccountHeader } from './header/account-header.tsx';
import { TroubleBanner } from './header/trouble-banner.tsx';
import { LedgerTab } from './ledger/ledger-tab.tsx';
import { TimeMachineTab } from './time-machine/time-machine-tab.tsx';
import { TimelineTab } from './timeline/timeline-tab.tsx';
import { useFollowAccount } from './use-follow-account.ts';
import { useStanding } from './use-standing.ts';

export type AccountBodyProps = {
  view: AccountView;
  actions: AccountActions;
  consistency: Consistency;
  /** The control that chooses the consistency. */
  choice: ReactNode;
  /** Why the account could not be read again, when it could not. */
  problem: ReactNode;
};

const TABS = [
  { value: 'ledger', label: 'Ledger', keys: '1' },
  { value: 'timeline', label: 'Timeline', keys: '2' },
  { value: 'time-machine', label: 'Time machine', keys: '3' },
] as const;

/** The page of an account that is there. */
export function AccountBody({ view, actions, consistency, choice, problem }: AccountBodyProps) {
  const { account } = view;
  const { accountId } = account;
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(TABS.map(({ value }) => value))
      .withDefault('ledger')
      .withOptions({ history: 'push' }),
  );
  const [command, setCommand] = useQueryState('command', parseAsStringLiteral(COMMANDS));
  const [own, setOwn] = useState(0);
  const announced = useFollowAccount(accountId);
  const { progress, visible, follow } = useCommandProgress(accountId, consistency, view);
  useShortcuts(
    TABS.map(({ value, label, keys }) => ({
      id: `account-${value}`,
      keys,
      label,
      group: 'Account',
      run: () => void setTab(value),
    })),
  );

  async function accept(accepted: AcceptedCommand) {
    void setCommand(null);
    // The balance first; the lists follow without holding it up.
    await follow(accepted);
    startTransition(() => setOwn(accepted.sequence));
  }

  const stored = useStanding(accountId).data?.newestSequence ?? 0;
  const list = { accountId, own, newest: Math.max(account.version, announced, own, stored) };
  return (
    <>
      <TroubleBanner accountId={accountId} />
      <AccountHeader
        view={view}
        choice={choice}
        problem={problem}
        commands={<CommandButtons account={account} onOpen={(chosen) => void setCommand(chosen)} />}
        progress={<ProgressLine progress={progress} visible={visible} />}
      />
      <Tabs
        value={tab}
        onChange={(chosen) =>
          void setTab(TABS.find(({ value }) => value === chosen)?.value ?? null)
        }
        keepMounted={false}
      >
        <Tabs.List mb="md" aria-label="Views of this account">
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
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
        source={view.source}
        actions={actions}
        command={command}
        onAccepted={(accepted) => void accept(accepted)}
        onClose={() => void setCommand(null)}
      />
    </>
  );
}
