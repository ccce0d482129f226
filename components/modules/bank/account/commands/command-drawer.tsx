'use client';

import { Drawer } from '@mantine/core';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import type { AccountActions } from '../account-actions.ts';
import type { AccountView } from '../account-queries.ts';
import { BalanceNotice } from './balance-notice.tsx';
import { CloseForm } from './close-form.tsx';
import classes from './command-drawer.module.css';
import type { Command } from './command-names.ts';
import { MoneyForm } from './money-form.tsx';
import { TransferForm } from './transfer-form.tsx';
import type { OnAccepted } from './use-command-form.ts';

export type CommandDrawerProps = {
  account: AccountRow;
  /** Where the account was read. */
  source: AccountView['source'];
  actions: AccountActions;
  /** Null while no form is open. */
  command: Command | null;
  onAccepted: OnAccepted;
  onClose: () => void;
};

const TITLES: Readonly<Record<Command, string>> = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  transfer: 'Transfer',
  close: 'Close account',
};

/** The form of one command, over the page. */
export function CommandDrawer({ command, account, source, onClose, ...rest }: CommandDrawerProps) {
  return (
    <Drawer.Root
      opened={command !== null}
      onClose={onClose}
      position="right"
      size="md"
      transitionProps={{ duration: 120, exitDuration: 0 }}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>
        {/* Not Drawer.Header: a second header element would count as the page's banner. */}
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>
            {command ? `${TITLES[command]} · ${account.owner}` : ''}
          </Drawer.Title>
          <Drawer.CloseButton aria-label="Close this form" />
        </div>
        <Drawer.Body>
          {command ? (
            <>
              <BalanceNotice source={source} />
              <Form key={command} command={command} account={account} onClose={onClose} {...rest} />
            </>
          ) : null}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Form({
  command,
  account,
  actions,
  onAccepted,
  onClose,
}: Omit<CommandDrawerProps, 'source'> & { command: Command }) {
  const common = { account, onAccepted, onCancel: onClose };
  switch (command) {
    case 'deposit':
      return <MoneyForm label="Deposit" action={actions.deposit} {...common} />;
    case 'withdraw':
      return <MoneyForm label="Withdraw" action={actions.withdraw} {...common} />;
    case 'transfer':
      return <TransferForm action={actions.transfer} {...common} />;
    case 'close':
      return <CloseForm action={actions.closeAccount} {...common} />;
  }
}
