import { z } from 'zod';

/** Records of before there were several kinds of aggregate name an account by its own id. */
const tokenSchema = z.union([
  z.object({ aggregateId: z.string(), sequence: z.number() }),
  z
    .object({ accountId: z.string(), sequence: z.number() })
    .transform(({ accountId, sequence }) => ({ aggregateId: `account#${accountId}`, sequence })),
]);

/** The record of an accepted command, as it lies in the commands table. */
export const commandRecordSchema = z.object({
  commandId: z.string(),
  commandType: z.string(),
  /** SHA-256 of the command's payload in canonical form, in hex. */
  payloadHash: z.string(),
  tokens: z.array(tokenSchema),
  acceptedAt: z.string(),
  actor: z.string(),
  correlationId: z.string(),
});

/** What one command did, kept beside its events so that asking twice does it once. */
export type CommandRecord = Readonly<z.infer<typeof commandRecordSchema>>;
