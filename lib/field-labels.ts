/** The fields of commands, as the forms call them. */
const LABELS: Readonly<Record<string, string>> = {
  accountId: 'Account',
  amount: 'Amount',
  counterparty: 'Counterparty',
  currency: 'Currency',
  description: 'Description',
  fromAccountId: 'From account',
  number: 'Account number',
  overdraftLimit: 'Overdraft limit',
  owner: 'Owner',
  reason: 'Reason',
  toAccountId: 'To account',
};

/** A field's label; the field itself where no form has it. */
export function toFieldLabel(field: string): string {
  return LABELS[field] ?? field;
}
