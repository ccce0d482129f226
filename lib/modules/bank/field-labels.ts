import type { FieldLabels } from '#lib/field-labels.ts';

/** The fields of the bank's commands, as the forms call them. */
export const BANK_FIELD_LABELS: FieldLabels = {
  accountId: 'Account',
  fromAccountId: 'From account',
  number: 'Account number',
  overdraftLimit: 'Overdraft limit',
  toAccountId: 'To account',
  transferId: 'Transfer',
};
