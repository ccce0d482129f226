import { toAggregateId } from '../../aggregate-id.ts';

const TRANSFER_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/;

/**
 * The id of a proposed transfer: that of the command that proposed it, and of both legs once it is booked.
 * Undefined when the text can be none, as a command id of other characters.
 */
export function toTransferId(text: string): string | undefined {
  return TRANSFER_ID.test(text) ? text : undefined;
}

/** The key of a proposed transfer's history in the event store. */
export function toTransferAggregateId(transferId: string): string {
  return toAggregateId('transfer', transferId);
}
