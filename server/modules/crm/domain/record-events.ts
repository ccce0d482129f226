import { z } from 'zod';

/** A change event that came, as it came. */
export const recordChangedSchema = z.object({
  /** The whole message, in whatever envelope. */
  message: z.string(),
  /** What is in its header, for those who look at events. */
  changeType: z.string(),
  commitNumber: z.string(),
  sequenceNumber: z.number(),
  /** ISO 8601 in UTC: when it was committed in Salesforce. */
  committedAt: z.string(),
  changeOrigin: z.string().optional(),
  replayId: z.string().optional(),
});

/** A record as the REST API or an export had it. */
export const recordReadSchema = z.object({
  /** JSON of its fields, by the names of the REST API. */
  record: z.string(),
  /** ISO 8601 in UTC: its SystemModstamp, before which nothing is missing from it. */
  modifiedAt: z.string(),
});

type RecordChanged = z.infer<typeof recordChangedSchema>;
type RecordRead = z.infer<typeof recordReadSchema>;

/** What can have happened to a record: `CrmAccountChanged`, `CrmAccountRead`, and so on for each kind. */
export type RecordEvent = {
  readonly eventType: string;
  readonly eventData: RecordChanged | RecordRead;
};
