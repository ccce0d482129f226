'use client';

import { TextInput } from '@mantine/core';
import { readAmountText } from '#lib/modules/bank/amount-text.ts';
import type { MoveMoneyInput } from '#lib/modules/bank/commands.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import type { CommandAction } from '../account-actions.ts';
import { AmountInput } from './amount-input.tsx';
import { BalancePreview } from './balance-preview.tsx';
import { CommandForm } from './command-form.tsx';
import { type OnAccepted, useCommandForm } from './use-command-form.ts';

export type MoneyFormProps = {
  account: AccountRow;
  label: 'Deposit' | 'Withdraw';
  action: CommandAction<MoveMoneyInput>;
  onAccepted: OnAccepted;
  onCancel: () => void;
};

const INITIAL_VALUES = { amount: '', description: '', counterparty: '' };

/** Deposits into, or withdraws from, one account. */
export function MoneyForm({ account, label, action, onAccepted, onCancel }: MoneyFormProps) {
  const { accountId, currency } = account;
  const isDeposit = label === 'Deposit';
  const { form, pending, problem, submit, toSent } = useCommandForm({
    initialValues: INITIAL_VALUES,
    action,
    toInput: ({ amount, description, counterparty }) => ({
      accountId,
      ...readAmountText(amount, currency),
      description,
      counterparty,
    }),
    accountId,
    onAccepted,
  });
  return (
    <CommandForm
      {...{ label, pending, problem, onCancel }}
      dryRun={{ type: label, toInput: toSent }}
      onSubmit={submit}
    >
      <BalancePreview
        account={account}
        amountText={form.values.amount}
        direction={isDeposit ? 'in' : 'out'}
      />
      <AmountInput data-autofocus currency={currency} {...form.getInputProps('amount')} />
      <TextInput
        label="Description"
        placeholder={isDeposit ? 'Salary November' : 'Rent November'}
        {...form.getInputProps('description')}
      />
      <TextInput
        label={isDeposit ? 'From' : 'To'}
        description="Who is at the other end, outside this bank."
        {...form.getInputProps('counterparty')}
      />
    </CommandForm>
  );
}
