import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';

/** What can have happened to an account: the current version of every event. */
export type AccountEvent =
  | { readonly eventType: 'AccountOpened'; readonly eventData: AccountOpened }
  | { readonly eventType: 'MoneyDeposited'; readonly eventData: MoneyMoved }
  | { readonly eventType: 'MoneyWithdrawn'; readonly eventData: MoneyMoved }
  | { readonly eventType: 'TransferSent'; readonly eventData: TransferLeg }
  | { readonly eventType: 'TransferReceived'; readonly eventData: TransferLeg }
  | { readonly eventType: 'AccountClosed'; readonly eventData: AccountClosed };

/** An account's event as it was stored, in the current shape of its type. */
export type RecordedAccountEvent = RecordedEvent<AccountEvent>;

/** `overdraftLimit` is in minor units of `currency`, never negative. */
export type AccountOpened = {
  readonly owner: string;
  readonly number: string;
  readonly currency: string;
  readonly overdraftLimit: bigint;
};

/**
 * `amount` is in minor units of `currency`, always positive. `bookingDate` is the calendar day that the
 * bank of an imported statement names; the event's own time may be later, and is never earlier.
 */
export type MoneyMoved = {
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly bookingDate?: string | undefined;
};

/** One leg of a transfer; `counterparty` is the account at the other end, by its account id. */
export type TransferLeg = {
  readonly transferId: string;
  readonly counterparty: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string | undefined;
};

export type AccountClosed = { readonly reason?: string | undefined };

/**
 * By how much an event changes its account's balance, in minor units: negative when money leaves.
 */
export function balanceChange(event: AccountEvent): bigint {
  switch (event.eventType) {
    case 'MoneyDeposited':
    case 'TransferReceived':
      return event.eventData.amount;
    case 'MoneyWithdrawn':
    case 'TransferSent':
      return -event.eventData.amount;
    case 'AccountOpened':
    case 'AccountClosed':
      return 0n;
  }
}
