import { z } from 'zod';
import type { AccountEventType } from '#server/domain/account/account-events.ts';
import { toMinorUnits } from './minor-units.ts';

/** The version in which each event type is written today. */
export const CURRENT_VERSIONS: Readonly<Record<AccountEventType, number>> = {
  AccountOpened: 2,
  MoneyDeposited: 1,
  MoneyWithdrawn: 1,
  TransferSent: 1,
  TransferReceived: 1,
  AccountClosed: 1,
};

const positive = toMinorUnits(/^[1-9]\d{0,18}$/);
const notNegative = toMinorUnits(/^(0|[1-9]\d{0,18})$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const text = z.string().optional();

const accountOpened = z.object({
  owner: z.string(),
  number: z.string(),
  currency,
  overdraftLimit: notNegative,
});
const moneyMoved = z.object({
  amount: positive,
  currency,
  description: text,
  counterparty: text,
  bookingDate: text,
});
const transferLeg = z.object({
  transferId: z.string(),
  counterparty: z.string(),
  amount: positive,
  currency,
  description: text,
});
const accountClosed = z.object({ reason: text });

function event<Type extends AccountEventType, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ eventType: z.literal(type), eventData: data });
}

/** Payloads of the current versions: stored with amounts as texts, in memory with bigint. */
export const accountEventSchema = z.discriminatedUnion('eventType', [
  event('AccountOpened', accountOpened),
  event('MoneyDeposited', moneyMoved),
  event('MoneyWithdrawn', moneyMoved),
  event('TransferSent', transferLeg),
  event('TransferReceived', transferLeg),
  event('AccountClosed', accountClosed),
]);
