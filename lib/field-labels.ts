import { toEventTypeName } from './event-type-name.ts';

/** The fields of commands whose labels are not their names in words. */
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

/** A field's label: its name in words where it has no other. */
export function toFieldLabel(field: string): string {
  return LABELS[field] ?? toEventTypeName(field);
}
