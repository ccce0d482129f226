import { toAggregateId } from '../../aggregate-id.ts';
import { hasUnseen } from '../../unseen-text.ts';

/** A command id has at most so many characters. */
const MOST_CHARACTERS = 200;

/**
 * The id of a proposed transfer: that of the command that proposed it, and of both legs once it is booked.
 * Undefined when the text can be none.
 */
export function toTransferId(text: string): string | undefined {
  const isOne = text.trim() !== '' && text.length <= MOST_CHARACTERS && !hasUnseen(text);
  return isOne ? text : undefined;
}

/** The key of a proposed transfer's history in the event store. */
export function toTransferAggregateId(transferId: string): string {
  return toAggregateId('transfer', transferId);
}
