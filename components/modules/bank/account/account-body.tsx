'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type ReactNode, startTransition, useState } from 'react';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { notify } from '#components/ui/notify.ts';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { AccountActions } from './account-actions.ts';
import { type AccountView, type Consistency, PROJECTIONS } from './account-queries.ts';
import { CommandButtons } from './commands/command-buttons.tsx';
import type { CommandDrawerProps } from './commands/command-drawer.tsx';
import { COMMANDS } from './commands/command-names.ts';
import type { AcceptedCommand } from './commands/command-progress.ts';
import { ProgressLine } from './commands/progress-line.tsx';
import { ProposedNotice } from './commands/proposed-notice.tsx';
import { useCommandProgress } from './commands/use-command-progress.ts';
import { AccountHeader } from './header/account-header.tsx';
import { AccountLine } from './header/account-line.tsx';
import { LedgerTab } from './ledger/ledger-tab.tsx';
import { useAccountParts } from './time-machine/use-account-parts.tsx';

const CommandDrawer = loadWhenOpened<CommandDrawerProps>({
  load: () => import('./commands/command-drawer.tsx').then((module) => module.CommandDrawer),
  isOpened: ({ command }) => command !== null,
  closed: { command: null },
});

export type AccountBodyProps = {
  view: AccountView;
  actions: AccountActions;
  consistency: Consistency;
  /** The control that chooses the consistency. */
  choice: ReactNode;
  /** Why the account could not be read again, when it could not. */
  problem: ReactNode;
};

/** The page of an account that is there. */
export function AccountBody({ view, actions, consistency, choice, problem }: AccountBodyProps) {
  const { account } = view;
  const { accountId } = account;
  const [command, setCommand] = useQueryState('command', parseAsStringLiteral(COMMANDS));
  const [own, setOwn] = useState(0);
  const aggregateId = toAggregateId('account', accountId);
  const announced = useFollowAggregate(aggregateId, PROJECTIONS);
  const { progress, visible, follow } = useCommandProgress(accountId, consistency, view);
  async function accept(accepted: AcceptedCommand) {
    void setCommand(null);
    if (accepted.sequence === 0) {
      notify({ title: 'Transfer proposed', message: <ProposedNotice /> });
      return;
    }
    // The balance first; the lists follow without holding it up.
    await follow(accepted);
    startTransition(() => setOwn(accepted.sequence));
  }

  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const list = { own, newest: Math.max(account.version, announced, own, stored) };
  const parts = useAccountParts(accountId, account.currency);
  return (
    <>
      <TroubleBanner aggregateId={aggregateId} />
      <AccountHeader
        view={view}
        choice={choice}
        problem={problem}
        commands={<CommandButtons account={account} onOpen={(chosen) => void setCommand(chosen)} />}
        progress={<ProgressLine progress={progress} visible={visible} />}
      />
      <AccountLine account={account} />
      <AggregateTabs
        aggregateId={aggregateId}
        shown={account.version}
        parts={parts}
        tabs={[
          {
            value: 'ledger',
            label: 'Ledger',
            content: <LedgerTab accountId={accountId} currency={account.currency} {...list} />,
          },
        ]}
        {...list}
      />
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
