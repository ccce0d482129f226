'use client';

import { List, TextInput } from '@mantine/core';
import type { CloseAccountInput } from '#lib/modules/bank/commands.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import type { CommandAction } from '../account-actions.ts';
import { CommandForm } from './command-form.tsx';
import { type OnAccepted, useCommandForm } from './use-command-form.ts';

export type CloseFormProps = {
  account: AccountRow;
  action: CommandAction<CloseAccountInput>;
  onAccepted: OnAccepted;
  onCancel: () => void;
};

const INITIAL_VALUES = { reason: '' };

/** Says what closing an account does, and asks for it. */
export function CloseForm({ account, action, onAccepted, onCancel }: CloseFormProps) {
  const { accountId, owner, number } = account;
  const { form, pending, problem, submit, toSent } = useCommandForm({
    initialValues: INITIAL_VALUES,
    action,
    toInput: ({ reason }) => ({ accountId, reason }),
    accountId,
    onAccepted,
  });
  return (
    <CommandForm
      label="Close account"
      destructive
      {...{ pending, problem, onCancel }}
      dryRun={{ type: 'CloseAccount', toInput: toSent }}
      onSubmit={submit}
    >
      <List size="sm" spacing={6}>
        <List.Item>
          {number} of {owner} takes no deposits, withdrawals or transfers any more.
        </List.Item>
        <List.Item>Its history stays, with every event and every balance.</List.Item>
        <List.Item>It cannot be opened again, and its number stays taken.</List.Item>
      </List>
      <TextInput
        label="Reason"
        description="Kept with the event."
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </CommandForm>
  );
}
