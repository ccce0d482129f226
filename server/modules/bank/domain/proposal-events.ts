/** What can have happened to a transfer that another actor must approve. */
export type ProposalEvent =
  | { readonly eventType: 'TransferProposed'; readonly eventData: TransferProposed }
  | { readonly eventType: 'TransferApproved'; readonly eventData: TransferApproved }
  | { readonly eventType: 'TransferDeclined'; readonly eventData: TransferDeclined };

/** `amount` is in minor units of `currency`, positive; `proposedBy` is the actor who may not approve it. */
export type TransferProposed = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly proposedBy: string;
};

/** Both legs are booked by the same command. */
export type TransferApproved = { readonly approvedBy: string };

export type TransferDeclined = { readonly declinedBy: string; readonly reason: string };
