import { type AccountEvent, balanceChange } from '../domain/account-events.ts';

/** Money that came (`in`) or went (`out`); `amount` is in minor units and positive. */
export type Movement = {
  readonly type: 'deposit' | 'withdrawal' | 'transfer-in' | 'transfer-out';
  readonly direction: 'in' | 'out';
  readonly amount: bigint;
  /** What it does to the balance: `amount` or its negative. */
  readonly change: bigint;
  readonly currency: string;
  readonly description: string | null;
  readonly counterparty: string | null;
};

/** What an event moved; undefined when it moved no money. */
export function toMovement(event: AccountEvent): Movement | undefined {
  switch (event.eventType) {
    case 'AccountOpened':
    case 'AccountClosed':
      return undefined;
    case 'MoneyDeposited':
      return movement('deposit', event);
    case 'MoneyWithdrawn':
      return movement('withdrawal', event);
    case 'TransferReceived':
      return movement('transfer-in', event);
    case 'TransferSent':
      return movement('transfer-out', event);
  }
}

type MovingEvent = Exclude<AccountEvent, { eventType: 'AccountOpened' | 'AccountClosed' }>;

function movement(type: Movement['type'], event: MovingEvent): Movement {
  const { amount, currency, description, counterparty } = event.eventData;
  const change = balanceChange(event);
  return {
    type,
    direction: change > 0n ? 'in' : 'out',
    amount,
    change,
    currency,
    description: description ?? null,
    counterparty: counterparty ?? null,
  };
}
