import { z } from 'zod';
import { toTransferId } from '#lib/modules/bank/transfer-id.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';

/** The id of the proposed transfer that is meant. Refuses a text that can be none's: TRANSFER_NOT_FOUND. */
export function readTransferId(ctx: z.RefinementCtx, text: string): string {
  const transferId = toTransferId(text);
  if (transferId === undefined) {
    const message = `There is no proposed transfer “${text.slice(0, 40)}”.`;
    refuseInput(ctx, { code: 'TRANSFER_NOT_FOUND', message, field: 'transferId' });
    return z.NEVER;
  }
  return transferId;
}
