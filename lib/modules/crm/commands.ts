import { z } from 'zod';
import { textSchema } from '../../contracts/command-texts.ts';

/** Why a refused message needs no more attention. */
export const settleMessageSchema = z.object({
  messageId: z.string().regex(/^[0-9a-f]{32}$/, 'A message’s id has 32 hexadecimal digits.'),
  reason: textSchema.trim().min(1, 'Why does it need no more attention?').max(500),
});
