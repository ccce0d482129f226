import type { Transaction } from '#lib/modules/bank/queries.ts';

/** The kinds of movement, in the order of the filter. */
export const MOVEMENT_TYPES = [
  'deposit',
  'withdrawal',
  'transfer-in',
  'transfer-out',
] as const satisfies readonly Transaction['type'][];

/** Each kind in words: for one movement, and for the filter. */
export const MOVEMENT_NAMES: Readonly<Record<Transaction['type'], { one: string; many: string }>> =
  {
    deposit: { one: 'Deposit', many: 'Deposits' },
    withdrawal: { one: 'Withdrawal', many: 'Withdrawals' },
    'transfer-in': { one: 'Transfer in', many: 'Transfers in' },
    'transfer-out': { one: 'Transfer out', many: 'Transfers out' },
  };

/** Whether the money came in: a credit. */
export function isCredit(type: Transaction['type']): boolean {
  return type === 'deposit' || type === 'transfer-in';
}

/** Whether the counterparty is an account of this bank. */
export function isTransfer(type: Transaction['type']): boolean {
  return type === 'transfer-in' || type === 'transfer-out';
}
