import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { getSequenceAt } from '#server/runtime/time-travel/get-sequence-at.ts';
import type { StatementRow } from './parse-statement-row.ts';
import { PREFIX, toLegacyRowId, toRowId } from './row-ids.ts';

/** What an account's history says of the rows of a statement. */
export type BookedRows = {
  /** Whether the account was there before the import. */
  readonly isOpened: boolean;
  /** Whether the row is in it: with the same contents, with others, or not at all. */
  readonly find: (row: StatementRow, currency: string) => 'same' | 'other' | undefined;
};

const DAY_MS = 86_400_000;
const EVENTS_AT_ONCE = 1_000;

/**
 * Reads which rows earlier imports booked into an account, whose first row in the file is of the day
 * `from`. The history knows for ever, and command records for some months only. Events of before
 * that day are not read: no row takes effect before its day. Throws EVENT_UNREADABLE.
 */
export async function readBooked(
  store: EventStore,
  accountId: string,
  from: string,
): Promise<BookedRows> {
  const digests = new Map<string, string>();
  const { version } = await store.load(toAccountAggregateId(accountId));
  let next = version > EVENTS_AT_ONCE ? await findStart(store, accountId, from) : 1;
  while (next <= version) {
    const to = next + EVENTS_AT_ONCE - 1;
    const events = await store.read(toAccountAggregateId(accountId), { from: next, to });
    for (const event of events) {
      if (event.metadata.commandId.startsWith(PREFIX)) {
        digests.set(event.metadata.commandId, digestEvent(event));
      }
    }
    next = to + 1;
  }
  return {
    isOpened: version > 0,
    find: (row, currency) => {
      const texts = [row.description, row.counterparty];
      const facts = [row.direction, `${row.amount}`, currency, row.date];
      const digest = digests.get(toRowId(row));
      if (digest !== undefined) {
        return digest === digestOf([...facts, ...texts]) ? 'same' : 'other';
      }
      const legacy = digests.get(toLegacyRowId(row));
      if (legacy !== undefined) {
        // The first version altered the texts, so they say nothing.
        return legacy === digestOf(facts) ? 'same' : 'other';
      }
      return undefined;
    },
  };
}

/** One day earlier than need be, for a bank's day begins before UTC's in the east. */
async function findStart(store: EventStore, accountId: string, from: string): Promise<number> {
  const before = new Date(Date.parse(`${from}T00:00:00.000Z`) - DAY_MS - 1).toISOString();
  return (await getSequenceAt(store, accountId, before)) + 1;
}

const movementSchema = z.object({
  amount: z.string(),
  currency: z.string(),
  bookingDate: z.string().optional(),
  description: z.string().optional(),
  counterparty: z.string().optional(),
});

function digestEvent({ eventType, eventData, timestamp }: StoredEvent): string {
  const parsed = movementSchema.safeParse(eventData);
  if (!parsed.success) {
    return '';
  }
  const { amount, currency, bookingDate, description, counterparty } = parsed.data;
  const direction = eventType === 'MoneyDeposited' ? 'deposit' : 'withdrawal';
  return digestOf(
    bookingDate === undefined
      ? [direction, amount, currency, timestamp.slice(0, 10)]
      : [direction, amount, currency, bookingDate, description, counterparty],
  );
}

function digestOf(parts: readonly (string | undefined)[]): string {
  // One text may be composed in two ways, as files from different systems are.
  const said = JSON.stringify(parts.map((part) => part?.normalize('NFC') ?? null));
  return createHash('sha256').update(said).digest('base64').slice(0, 16);
}
