import { z } from 'zod';

export const CHANGE_TYPES = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'UNDELETE',
  'GAP_CREATE',
  'GAP_UPDATE',
  'GAP_DELETE',
  'GAP_UNDELETE',
  'GAP_OVERFLOW',
] as const;

/** A whole number of any size, as its digits. */
const digitsSchema = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform(String);

const namesSchema = z.array(z.string()).nullish();

/** What a change event says of itself: Salesforce's ChangeEventHeader. */
export const changeHeaderSchema = z.object({
  entityName: z.string().min(1).max(100),
  recordIds: z.array(z.string()),
  changeType: z.enum(CHANGE_TYPES),
  changeOrigin: z.string().nullish(),
  transactionKey: z.string().nullish(),
  commitUser: z.string().nullish(),
  /** Milliseconds since 1970, up to the year 9999. */
  commitTimestamp: z.number().int().nonnegative().max(253_402_300_799_999),
  /** The order of commits. */
  commitNumber: digitsSchema,
  /** The order within a transaction. */
  sequenceNumber: z.number().int().nonnegative(),
  changedFields: namesSchema,
  nulledFields: namesSchema,
  diffFields: namesSchema,
});
export type ChangeHeader = z.output<typeof changeHeaderSchema>;

/** Where a change stands among all changes: a text that sorts as they do. Pure. */
export function toPosition({
  commitNumber,
  sequenceNumber,
}: Pick<ChangeHeader, 'commitNumber' | 'sequenceNumber'>): string {
  return `${commitNumber.padStart(20, '0')}.${String(sequenceNumber).padStart(10, '0')}`;
}
