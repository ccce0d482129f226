import { z } from 'zod';
import type { EventItem } from './contracts/queries.ts';
import { formatMoney } from './money.ts';
import { toDescriptionText } from './statement-words.ts';
import { showUnseenLines } from './unseen-text.ts';

const moved = z.object({
  amount: z.string().regex(/^-?\d+$/),
  currency: z.string(),
});
const leg = moved.extend({ counterparty: z.string() });
const opened = z.object({ owner: z.string(), currency: z.string() });
const closed = z.object({ reason: z.string().optional() });
const note = z.object({
  description: z.string().optional(),
  counterparty: z.string().optional(),
});

type Happened = Pick<EventItem, 'eventType' | 'eventData'>;

/**
 * What happened, as a person says it: "Deposited 120.00 EUR". An event whose payload is of an
 * unknown shape or type is named by its type: "Interest accrued".
 */
export function toEventSentence({ eventType, eventData }: Happened): string {
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
    case 'AccountClosed':
      return say(closed, eventData, ({ reason }) => (reason ? `Closed: ${reason}` : 'Closed'));
    default:
      return toEventTypeName(eventType);
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

/** An event type in words: "MoneyDeposited" is "Money deposited". */
export function toEventTypeName(eventType: string): string {
  const words = eventType.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function money({ amount, currency }: z.infer<typeof moved>): string {
  return formatMoney({ amount: BigInt(amount), currency });
}
