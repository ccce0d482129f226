import { z } from 'zod';
import { conservationSchema } from './conservation.ts';

const runSchema = z.object({
  /** The operation's id. */
  id: z.string(),
  endedAt: z.string(),
  /** It compared every aggregate, and not a sample. */
  isWhole: z.boolean(),
  checked: z.number(),
  different: z.number(),
  differences: z.number(),
});

/** Comparisons that came to an end, newest first, and what the newest whole one says of quantities. */
export const integrityHistorySchema = z.object({
  runs: z.array(runSchema),
  conserved: z
    .object({ run: z.string(), endedAt: z.string(), quantities: z.array(conservationSchema) })
    .nullable(),
});
export type IntegrityHistory = z.infer<typeof integrityHistorySchema>;
