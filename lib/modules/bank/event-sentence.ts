import { z } from 'zod';
import type { EventItem } from '#lib/contracts/queries.ts';
import { formatMoney } from '#lib/money.ts';
import { showUnseenLines } from '#lib/unseen-text.ts';
import { toEventTypeName } from '../../event-type-name.ts';
import { toDescriptionText } from './statement-words.ts';

const moved = z.object({
  amount: z.string().regex(/^-?\d+$/),
  currency: z.string(),
});
const leg = moved.extend({ counterparty: z.string() });
const opened = z.object({ owner: z.string(), currency: z.string() });
const proposed = moved.extend({ fromAccountId: z.string(), toAccountId: z.string() });
const approved = z.object({ approvedBy: z.string() });
const declined = z.object({ declinedBy: z.string(), reason: z.string() });
const closed = z.object({ reason: z.string().optional() });
const note = z.object({
  description: z.string().optional(),
  counterparty: z.string().optional(),
});

type Happened = Pick<EventItem, 'eventType' | 'eventData'>;

/**
 * What happened, as a person says it: "Deposited 120.00 EUR". An event whose payload is of an
 * unknown shape is named by its type, "Money deposited"; undefined for one of an unknown type.
 */
export function toEventSentence({ eventType, eventData }: Happened): string | undefined {
  switch (eventType) {
    case 'AccountOpened':
      return say(opened, eventData, ({ owner, currency }) => `Opened for ${owner} in ${currency}`);
    case 'MoneyDeposited':
      return say(moved, eventData, (data) => `Deposited ${money(data)}`);
    case 'MoneyWithdrawn':
      return say(moved, eventData, (data) => `Withdrew ${money(data)}`);
    case 'TransferSent':
      return say(leg, eventData, (data) => `Sent ${money(data)} to ${data.counterparty}`);
    case 'TransferReceived':
      return say(leg, eventData, (data) => `Received ${money(data)} from ${data.counterparty}`);
    case 'TransferProposed':
      return say(
        proposed,
        eventData,
        (data) => `Proposed ${money(data)} from ${data.fromAccountId} to ${data.toAccountId}`,
      );
    case 'TransferApproved':
      return say(approved, eventData, ({ approvedBy }) => `Approved by ${approvedBy}`);
    case 'TransferDeclined':
      return say(
        declined,
        eventData,
        ({ declinedBy, reason }) => `Declined by ${declinedBy}: ${reason}`,
      );
    case 'AccountClosed':
      return say(closed, eventData, ({ reason }) => (reason ? `Closed: ${reason}` : 'Closed'));
    default:
      return undefined;
  }

  function say<T>(schema: z.ZodType<T>, data: unknown, sentence: (data: T) => string): string {
    const parsed = schema.safeParse(data);
    return parsed.success ? sentence(parsed.data) : toEventTypeName(eventType);
  }
}

/**
 * What the person who moved the money wrote on it: "Rent · Novák s.r.o.". Null when nothing; the
 * other end of a transfer is in its sentence already.
 */
export function toEventNote({ eventType, eventData }: Happened): string | null {
  const parsed = note.safeParse(eventData);
  if (!parsed.success) {
    return null;
  }
  const isTransfer = eventType === 'TransferSent' || eventType === 'TransferReceived';
  const { description, counterparty } = parsed.data;
  const parts = [
    description && toDescriptionText(description),
    isTransfer ? undefined : counterparty && showUnseenLines(counterparty),
  ].filter(Boolean);
  return parts.length === 0 ? null : parts.join(' · ');
}

function money({ amount, currency }: z.infer<typeof moved>): string {
  return formatMoney({ amount: BigInt(amount), currency });
}
