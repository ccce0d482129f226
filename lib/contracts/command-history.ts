import { z } from 'zod';
import { PAGE_LINKS } from './page-links.ts';
import { eventItemSchema, originSchema } from './queries.ts';

const time = z.string();

/** What a command came to. */
export const COMMAND_OUTCOMES = ['accepted', 'rejected'] as const;

/** The rule that a command failed. */
const failedRuleSchema = z.object({
  code: z.string(),
  sentence: z.string(),
  /** The input that it is about. */
  field: z.string().nullable(),
});

/** A command and what came of it. */
export const commandItemSchema = z.object({
  /** Its own in the list: a command that was refused twice is there twice. */
  id: z.string(),
  commandId: z.string(),
  commandType: z.string(),
  actor: z.string(),
  outcome: z.enum(COMMAND_OUTCOMES),
  /** How its events came in. */
  origin: originSchema,
  /** When the journal took its first event in; without one, when it was answered. */
  at: time,
  aggregateIds: z.array(z.string()),
  correlationId: z.string().nullable(),
  /** In the order of the journal; none where it was refused, or nothing had to change. */
  events: z.array(eventItemSchema),
  rule: failedRuleSchema.nullable(),
  /** So many commands without events before it were not kept. */
  missed: z.number(),
});
export type CommandItem = z.infer<typeof commandItemSchema>;

/** Commands, newest first. */
export const commandsPageSchema = z.object({
  items: z.array(commandItemSchema),
  ...PAGE_LINKS,
  /** What the history can be narrowed to. */
  types: z.array(z.string()),
  actors: z.array(z.string()),
  /** What is missing, and why: a database that does not answer. */
  problems: z.array(z.string()),
});
export type CommandsPage = z.infer<typeof commandsPageSchema>;

/**
 * What a view has of some events. done: all of them. waiting: they are on their way. blocked: their aggregate
 * waits at a dead letter. skipped: an operator left one out. unknown: nobody can say.
 */
export const DELIVERY_STATES = ['done', 'waiting', 'blocked', 'skipped', 'unknown'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const deliveryStateSchema = z.enum(DELIVERY_STATES).catch('unknown');

export const viewDeliverySchema = z.object({
  view: z.string(),
  /** The type of the aggregates whose events it is of. */
  aggregateType: z.string(),
  database: z.enum(['PostgreSQL', 'DynamoDB']),
  state: deliveryStateSchema,
  /** Where in the journal the last of the events is; null while it is not there. */
  position: z.number().nullable(),
  note: z.string().nullable(),
});
export type ViewDelivery = z.infer<typeof viewDeliverySchema>;

/** A station of a command's way. */
export const journeyStepSchema = z.object({
  /** `accepted`, `stored`, `journal`, or a view. */
  name: z.string(),
  database: z.enum(['PostgreSQL', 'DynamoDB']).nullable(),
  state: deliveryStateSchema,
  /** Milliseconds after the beginning; null while it is not there, and where nobody recorded when. */
  ms: z.number().nullable(),
  note: z.string().nullable(),
});
export type JourneyStep = z.infer<typeof journeyStepSchema>;

/** A command's way from its acceptance to every view. */
export const journeySchema = z.object({
  command: commandItemSchema,
  /** When the web server took it up, or where another process did, when it was decided; null where nobody knows. */
  startedAt: time.nullable(),
  /** In the order of the way; none for a command that wrote no events. */
  steps: z.array(journeyStepSchema),
  /** By how much PostgreSQL's clock is ahead; its times are corrected by that. 0 where no difference can be told. */
  clockDifferenceMs: z.number(),
  problems: z.array(z.string()),
});
export type Journey = z.infer<typeof journeySchema>;

/** Everything of one correlation: commands, the events that they wrote, and the views that take these. */
export const traceSchema = z.object({
  correlationId: z.string(),
  /** Its OpenTelemetry trace; null where none is exported. */
  traceId: z.string().nullable(),
  /** In the order of the journal. */
  commands: z.array(commandItemSchema),
  /** Only the first events are here. */
  isCut: z.boolean(),
  views: z.array(viewDeliverySchema),
});
export type Trace = z.infer<typeof traceSchema>;
