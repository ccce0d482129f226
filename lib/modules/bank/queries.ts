import { z } from 'zod';
import { PAGE_LINKS } from '#lib/contracts/page-links.ts';
import { facetSchema, freshnessSchema, listPageSchema } from '../../contracts/queries.ts';

/** The bank's answers. Minor units travel as strings, times as ISO 8601 in UTC. */
const minorUnits = z.string().regex(/^-?\d+$/);
const time = z.string();

export const accountRowSchema = z.object({
  accountId: z.string(),
  number: z.string(),
  owner: z.string(),
  currency: z.string(),
  overdraftLimit: minorUnits,
  balance: minorUnits,
  status: z.enum(['open', 'closed']),
  openedAt: time,
  closedAt: time.nullable(),
  lastActivityAt: time,
  /** The account's event sequence in this view. */
  version: z.number(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

export const accountsPageSchema = z.object({
  items: z.array(accountRowSchema),
  total: z.number(),
  /** Total and facets are lower bounds: there are more. */
  atLeast: z.boolean(),
  ...PAGE_LINKS,
  facets: z.object({ status: facetSchema, currency: facetSchema }),
  freshness: freshnessSchema,
});
export type AccountsPage = z.infer<typeof accountsPageSchema>;

/** `source` says where the answer came from: a read model, or a fold of the event store. */
export const accountAnswerSchema = z.object({
  account: accountRowSchema,
  source: z.enum(['read-model', 'event-store']),
  freshness: freshnessSchema.nullable(),
});
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;

export const accountSummarySchema = z.object({
  deposits: z.number(),
  withdrawals: z.number(),
  transfersIn: z.number(),
  transfersOut: z.number(),
  totalIn: minorUnits,
  totalOut: minorUnits,
  largestIn: minorUnits,
  largestOut: minorUnits,
  lowestBalance: minorUnits,
  highestBalance: minorUnits,
  months: z.array(z.object({ month: z.string(), in: minorUnits, out: minorUnits })),
  days: z.array(z.object({ day: z.string(), closing: minorUnits })),
  freshness: freshnessSchema,
});
export type AccountSummary = z.infer<typeof accountSummarySchema>;

export const transactionSchema = z.object({
  eventId: z.string(),
  sequence: z.number(),
  type: z.enum(['deposit', 'withdrawal', 'transfer-in', 'transfer-out']),
  amount: minorUnits,
  balanceAfter: minorUnits,
  currency: z.string(),
  description: z.string().nullable(),
  counterparty: z.string().nullable(),
  bookedAt: time,
  /** The calendar day that the bank of an imported statement names, where it is known. */
  bookingDate: z.string().optional(),
  /** Of a transfer: the other side's sequence in the counterparty's account, where the journal has it. */
  otherSequence: z.number().optional(),
});
export type Transaction = z.infer<typeof transactionSchema>;

export const ledgerPageSchema = z.object({
  items: z.array(transactionSchema),
  total: z.number(),
  /** The total is a lower bound: there are more. */
  atLeast: z.boolean(),
  /** What this answer leaves out; null when nothing. */
  note: z.string().nullable(),
  ...PAGE_LINKS,
  freshness: freshnessSchema,
});
export type LedgerPage = z.infer<typeof ledgerPageSchema>;

/** What DynamoDB's hot views hold of one account: each with the sequence that it is at. */
export const hotViewsSchema = z.object({
  balance: z
    .object({ balance: minorUnits, currency: z.string(), status: z.string(), sequence: z.number() })
    .nullable(),
  recent: z.object({ items: z.array(transactionSchema), sequence: z.number() }).nullable(),
  /** Why this program cannot use an item: another version's, unreadable, or at a conflict. */
  problems: z.object({ balance: z.string().nullable(), recent: z.string().nullable() }),
});
export type HotViews = z.infer<typeof hotViewsSchema>;

/** The balance after each of some sequences: at most as many points as were asked for. */
export const curveSchema = z.object({
  currency: z.string(),
  points: z.array(z.object({ sequence: z.number(), at: time, balance: minorUnits })),
  freshness: freshnessSchema,
});
export type Curve = z.infer<typeof curveSchema>;

/** The bank in figures: its accounts, and what those of each currency hold together. */
export const bankTotalsSchema = z.object({
  accounts: z.number(),
  totals: z.array(z.object({ currency: z.string(), accounts: z.number(), balance: minorUnits })),
});
export type BankTotals = z.infer<typeof bankTotalsSchema>;

/** A transfer that another actor must approve, and what became of it. */
export const proposedTransferSchema = z.object({
  transferId: z.string(),
  fromAccountId: z.string(),
  toAccountId: z.string(),
  amount: minorUnits,
  currency: z.string(),
  description: z.string().nullable(),
  status: z.enum(['proposed', 'approved', 'declined']),
  /** The actor, who may not approve it. */
  proposedBy: z.string(),
  proposedAt: time,
  /** From then on it can no longer be approved. */
  expiresAt: time,
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  /** Why it was declined. */
  reason: z.string().nullable(),
  /** The transfer's event sequence in this view. */
  version: z.number(),
});
export type ProposedTransfer = z.infer<typeof proposedTransferSchema>;

export const proposedTransfersPageSchema = listPageSchema(proposedTransferSchema);

export const proposedTransferAnswerSchema = z.object({
  transfer: proposedTransferSchema,
  freshness: freshnessSchema,
});
export type ProposedTransferAnswer = z.infer<typeof proposedTransferAnswerSchema>;
