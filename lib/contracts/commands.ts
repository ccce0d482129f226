import { z } from 'zod';
import { hasUnseen } from '../unseen-text.ts';

const UNSEEN = 'Line breaks, control characters and characters that nobody sees are not kept.';
const isSeen = (value: string) => !hasUnseen(value);

/** Why an operator did something, in their words. */
export const reasonTextSchema = z.string().trim().normalize('NFC').refine(isSeen, UNSEEN);

/** A form's command id: a UUID, so that no form can send the id of an importer or an integration. */
export const formCommandIdSchema = z.uuid('A command id is a UUID.').toLowerCase();

/**
 * Commands as they travel: amounts are decimal texts ("120.00") in `currency`. What is checked here
 * is shape and a generous size; the rules of the bank (how long, how much, which currency) are the
 * domain's, and answer with its codes.
 */
const text = z.string().max(100_000).normalize('NFC').refine(isSeen, UNSEEN);
const optionalText = text
  .trim()
  .transform((value) => value || undefined)
  .optional();
const decimal = z.string().trim().min(1, 'An amount is needed.').max(1_000);
const currency = z.string().trim().toUpperCase().max(1_000);
const accountId = z.string().trim().min(1, 'An account is needed.').max(1_000);

/** When an imported movement took effect: ISO 8601 in UTC with milliseconds, from 1900 on. */
const bookedAt = z.iso
  .datetime({ precision: 3 })
  .refine((value) => value >= '1900', 'A booking time is in 1900 or later.')
  .optional();

export const openAccountSchema = z.object({
  number: text,
  owner: text,
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
  description: optionalText,
  counterparty: optionalText,
  bookedAt,
});

export const transferSchema = z.object({
  fromAccountId: accountId,
  toAccountId: accountId,
  amount: decimal,
  currency,
  description: optionalText,
  bookedAt,
});

export const closeAccountSchema = z.object({ accountId, reason: optionalText });

export type MoveMoneyInput = z.input<typeof moveMoneySchema>;
export type TransferInput = z.input<typeof transferSchema>;
export type CloseAccountInput = z.input<typeof closeAccountSchema>;

/** Where a command's last event of one aggregate stands: what a reader can wait for. */
export type CommandToken = { accountId: string; sequence: number };

/**
 * What a command's caller learns: a token for each aggregate that it wrote, none where nothing had to
 * change. `duplicate`: the id was known, this is the first result.
 */
export type CommandResult = {
  commandId: string;
  tokens: CommandToken[];
  duplicate: boolean;
};

/** A server action's answer: errors are data, so that a form can show them. */
export type ActionResult =
  | { ok: true; result: CommandResult; milliseconds: number }
  | { ok: false; code: string; message: string; field?: string | undefined };
