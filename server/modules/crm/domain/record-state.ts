import { z } from 'zod';
import { jsonValueSchema, recordValuesSchema } from '#lib/modules/crm/json-value.ts';

/** Milliseconds since 1970, by Salesforce's clock. */
const time = z.number();
/** `toPosition` of a change. */
const position = z.string();

/** What is held of a field, so that changes can come in any order: the newest change and the newest reading. */
const heldFieldSchema = z.object({
  change: z.object({ position, at: time, value: jsonValueSchema }).optional(),
  read: z.object({ at: time, value: jsonValueSchema }).optional(),
  /** Differences that are newer than `change`, in their order. */
  diffs: z.array(z.object({ position, at: time, diff: z.string() })).optional(),
});
export type HeldField = z.infer<typeof heldFieldSchema>;

export const recordStateSchema = z.object({
  /** Current values, by the names of the REST API. */
  values: recordValuesSchema,
  isDeleted: z.boolean(),
  /** Whether something changed that no event said: the record must be read from Salesforce. */
  needsReading: z.boolean(),
  /** Of the newest change or reading, milliseconds since 1970; 0 before the first. */
  newestAt: time,
  lastEventAt: z.string(),
  /** What the above is worked out of. */
  held: z.object({
    fields: z.record(z.string(), heldFieldSchema),
    /** Whether it is deleted, as a field. */
    deletion: heldFieldSchema,
    /** Of the newest change whose fields are not known, and of the newest reading; 0 without one. */
    gapAt: time,
    readAt: time,
    /** Of every change that came, sorted. */
    positions: z.array(position),
  }),
});

/** A record of the CRM, as its changes and readings make it. */
export type RecordState = z.infer<typeof recordStateSchema>;

/** Before anything came. */
export const INITIAL_RECORD: RecordState = {
  values: {},
  isDeleted: false,
  needsReading: false,
  newestAt: 0,
  lastEventAt: '',
  held: { fields: {}, deletion: {}, gapAt: 0, readAt: 0, positions: [] },
};
