/**
 * What can be asked of accounts. Amounts are minor units of `currency`; time and ids come in with
 * the command: `at` is when it is decided. History that is written afterwards says when it took
 * effect: `bookedAt` is a time (the demo bank's), `bookingDate` the calendar day under which a bank has
 * booked it, "1993-01-31" (an imported statement's).
 */
export type Timed = {
  readonly at: string;
  readonly bookedAt?: string | undefined;
  readonly bookingDate?: string | undefined;
};

export type OpenAccount = Timed & {
  readonly number: string;
  readonly owner: string;
  readonly currency: string;
  readonly overdraftLimit: bigint;
};

export type MoveMoney = Timed & {
  readonly accountId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly counterparty?: string | undefined;
};

export type Transfer = Timed & {
  readonly transferId: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string | undefined;
};

export type CloseAccount = Timed & {
  readonly accountId: string;
  readonly reason?: string | undefined;
};

/** A command of one account; a transfer spans two and is decided by `decideTransfer`. */
export type AccountCommand =
  | ({ readonly commandType: 'OpenAccount' } & OpenAccount)
  | ({ readonly commandType: 'Deposit' } & MoveMoney)
  | ({ readonly commandType: 'Withdraw' } & MoveMoney)
  | ({ readonly commandType: 'CloseAccount' } & CloseAccount);
