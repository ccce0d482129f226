import type { StatementFields } from './statement-columns.ts';

/**
 * What a movement was, for people: "cash-out" for "statement-fee" is "Cash out: statement fee".
 * Undefined when the statement does not say.
 */
export function describeMovement({
  operation,
  purpose,
}: Pick<StatementFields, 'operation' | 'purpose'>): string | undefined {
  const parts = [operation, purpose].filter((part) => part !== '').map(toWords);
  const text = parts.join(': ');
  return text === '' ? undefined : text.charAt(0).toUpperCase() + text.slice(1);
}

/** The other end as "account/bank", or what there is of it. */
export function toCounterparty({
  counterparty_account,
  counterparty_bank,
}: Pick<StatementFields, 'counterparty_account' | 'counterparty_bank'>): string | undefined {
  const text = [counterparty_account, counterparty_bank].filter((part) => part !== '').join('/');
  return text === '' ? undefined : text;
}

function toWords(text: string): string {
  return text.replaceAll('-', ' ');
}
