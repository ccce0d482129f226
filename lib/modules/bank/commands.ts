import { z } from 'zod';
import { optionalTextSchema, textSchema } from '../../contracts/command-texts.ts';

/**
 * The bank's commands as they travel: amounts are decimal texts ("120.00") in `currency`. What is checked here
 * is shape and a generous size; the rules of the bank (how long, how much, which currency) are the
 * domain's, and answer with its codes.
 */
const decimal = z.string().trim().min(1, 'An amount is needed.').max(1_000);
const currency = z.string().trim().toUpperCase().max(1_000);
const accountId = z.string().trim().min(1, 'An account is needed.').max(1_000);

/** When an imported movement took effect: ISO 8601 in UTC with milliseconds, from 1900 on. */
const bookedAt = z.iso
  .datetime({ precision: 3 })
  .refine((value) => value >= '1900', 'A booking time is in 1900 or later.')
  .optional();

export const openAccountSchema = z.object({
  number: textSchema,
  owner: textSchema,
  currency,
  overdraftLimit: decimal.default('0'),
  bookedAt,
  /** The calendar day of an imported account's first row. */
  bookingDate: z.iso.date().optional(),
});

export const moveMoneySchema = z.object({
  accountId,
  amount: decimal,
  currency,
  description: optionalTextSchema,
  counterparty: optionalTextSchema,
  bookedAt,
});

export const transferSchema = z.object({
  fromAccountId: accountId,
  toAccountId: accountId,
  amount: decimal,
  currency,
  description: optionalTextSchema,
  bookedAt,
});

const transferId = z.string().trim().min(1, 'A transfer is needed.').max(1_000);

/** The accounts are those that the approver has seen: another transfer is then not approved by mistake. */
export const approveTransferSchema = z.object({
  transferId,
  fromAccountId: accountId,
  toAccountId: accountId,
});

export const declineTransferSchema = z.object({
  transferId,
  reason: textSchema.trim().min(1, 'A reason is needed.'),
});

export const closeAccountSchema = z.object({ accountId, reason: optionalTextSchema });

export type MoveMoneyInput = z.input<typeof moveMoneySchema>;
export type TransferInput = z.input<typeof transferSchema>;
export type CloseAccountInput = z.input<typeof closeAccountSchema>;
