import { z } from 'zod';
import { toAccountId } from '#lib/modules/bank/account-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { toMinorUnits } from '#server/runtime/event-store/minor-units.ts';
import type { AccountEvent } from './account-events.ts';
import { type AccountState, evolve, initialState } from './account-state.ts';

const positive = toMinorUnits(/^[1-9]\d{0,18}$/);
const notNegative = toMinorUnits(/^(0|[1-9]\d{0,18})$/);
const anyAmount = toMinorUnits(/^-?\d{1,19}$/);
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

/** Until overdraft limits existed, an account had a holder and could not go below zero. */
const accountOpenedV1 = z.object({ holder: z.string(), number: z.string(), currency: z.string() });

const facts = {
  owner: z.string(),
  number: z.string(),
  currency: z.string(),
  overdraftLimit: anyAmount,
  balance: anyAmount,
  openedAt: z.string(),
  lastEventAt: z.string(),
};

const stateCodec = z.discriminatedUnion('status', [
  z.object({ status: z.literal('unopened') }),
  z.object({ status: z.literal('open'), ...facts }),
  z.object({ status: z.literal('closed'), ...facts, closedAt: z.string() }),
]);

/** An account of the bank: amounts are texts of minor units where they are stored. */
export const accountAggregate: Aggregate<AccountState, AccountEvent> = {
  type: 'account',
  parseId: toAccountId,
  initialState,
  evolve,
  events: {
    AccountOpened: {
      schemaVersion: 2,
      codec: accountOpened,
      upcasters: {
        1: (payload) => {
          const { holder, ...rest } = accountOpenedV1.parse(payload);
          return { owner: holder, ...rest, overdraftLimit: '0' };
        },
      },
    },
    MoneyDeposited: { schemaVersion: 1, codec: moneyMoved },
    MoneyWithdrawn: { schemaVersion: 1, codec: moneyMoved },
    TransferSent: { schemaVersion: 1, codec: transferLeg },
    TransferReceived: { schemaVersion: 1, codec: transferLeg },
    AccountClosed: { schemaVersion: 1, codec: accountClosed },
  },
  finalEvents: ['AccountClosed'],
  snapshot: { version: 1, codec: stateCodec },
};
