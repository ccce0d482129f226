'use client';

import { TextInput } from '@mantine/core';
import { readAmountText } from '#lib/modules/bank/amount-text.ts';
import type { TransferInput } from '#lib/modules/bank/commands.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import type { CommandAction } from '../account-actions.ts';
import { AccountPicker } from './account-picker.tsx';
import { AmountInput } from './amount-input.tsx';
import { BalancePreview } from './balance-preview.tsx';
import { CommandForm } from './command-form.tsx';
import { FourEyesNotice } from './four-eyes-notice.tsx';
import { type OnAccepted, useCommandForm } from './use-command-form.ts';

export type TransferFormProps = {
  account: AccountRow;
  action: CommandAction<TransferInput>;
  onAccepted: OnAccepted;
  onCancel: () => void;
};

const INITIAL_VALUES = { toAccountId: '', amount: '', description: '' };

/** Transfers money from this account to another one of the bank. */
export function TransferForm({ account, action, onAccepted, onCancel }: TransferFormProps) {
  const { accountId, currency } = account;
  const { form, pending, problem, submit, toSent } = useCommandForm({
    initialValues: INITIAL_VALUES,
    action,
    toInput: ({ toAccountId, amount, description }) => ({
      fromAccountId: accountId,
      toAccountId,
      ...readAmountText(amount, currency),
      description,
    }),
    accountId,
    onAccepted,
  });
  return (
    <CommandForm
      label="Transfer"
      {...{ pending, problem, onCancel }}
      dryRun={{ type: 'Transfer', toInput: toSent }}
      onSubmit={submit}
    >
      <BalancePreview account={account} amountText={form.values.amount} direction="out" />
      <AccountPicker
        currency={currency}
        exclude={accountId}
        {...form.getInputProps('toAccountId')}
        value={form.values.toAccountId}
        onChange={(value) => form.setFieldValue('toAccountId', value)}
      />
      <FourEyesNotice amountText={form.values.amount} currency={currency} />
      <AmountInput currency={currency} {...form.getInputProps('amount')} />
      <TextInput
        label="Description"
        placeholder="Rent November"
        {...form.getInputProps('description')}
      />
    </CommandForm>
  );
}
