import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** As the table `eventless-commands` has it. Of what was asked for it holds no more than the sentence says. */
const itemSchema = z.object({
  /** The partition: the month of `at`, in UTC. */
  month: z.string(),
  /** The time, and something random: commands sort by it. */
  place: z.string(),
  at: z.string(),
  /** accepted: nothing had to change. */
  outcome: z.enum(['accepted', 'rejected']),
  commandId: z.string(),
  commandType: z.string(),
  actor: z.string(),
  /** Those that it was to be decided on; none where it was refused before anybody knew them. */
  aggregateIds: z.array(z.string()),
  /** The rule that it failed; null where it was accepted. */
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  field: z.string().nullable(),
  /** So many before it were not kept, for there were too many at once, or DynamoDB did not answer. */
  missed: z.number(),
});

/** A command that left no event: it was refused, or it was accepted and nothing had to change. */
export type EventlessCommand = Readonly<z.infer<typeof itemSchema>>;

/** What the caller says of one; the rest follows from when it is kept. */
export type EventlessNote = Omit<EventlessCommand, 'month' | 'place' | 'at' | 'missed'>;

const PLACE = /^\d{4}-\d\d-\d\dT[\d:.]+Z#[\da-f-]{36}$/;

/** A place that no other command has. */
export function toPlace(at: string): string {
  return `${at}#${randomUUID()}`;
}

/** Whether a text is a place, and so no command's id. */
export function isPlace(text: string): boolean {
  return PLACE.test(text);
}

/** The partition of a time, or of a place. */
export function toMonth(place: string): string {
  return place.slice(0, 'YYYY-MM'.length);
}

/** A stored item; undefined where this program cannot read it. */
export function parseEventless(item: unknown): EventlessCommand | undefined {
  return itemSchema.safeParse(item).data;
}
