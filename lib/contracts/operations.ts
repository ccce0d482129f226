import { z } from 'zod';
import { conservationSchema } from './conservation.ts';
import { PAGE_LINKS } from './page-links.ts';

/** What an operator can have done to the delivery from the console. A worker carries it out, or the launcher. */
export const OPERATION_KINDS = [
  'pause-projection',
  'resume-projection',
  'retry-dead-letters',
  'skip-dead-letter',
  'estimate-rebuild',
  'rebuild',
  'cancel-rebuild',
  'compare-rebuild',
  'swap-rebuild',
  'discard-rebuild',
  'roll-back',
  'discard-previous',
  'repair',
  'reconcile',
  'set-lag-threshold',
  'reset-lag-threshold',
  'acknowledge-alert',
  'snooze-alert',
  'show-alert-again',
  'restart-worker',
  'pause-webhook',
  'resume-webhook',
  'replay-webhook',
  'redeliver-webhook',
  'change-webhook',
  'delete-webhook',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * queued: nobody has taken it up. interrupted: the worker that had it in hand stopped, or died, in
 * the middle; what was done by then stays done, and it is not begun again by itself. A restart is also
 * interrupted when no launcher has taken it up within a minute.
 */
export const OPERATION_STATUSES = ['queued', 'running', 'done', 'failed', 'interrupted'] as const;

const time = z.string();

/** An operation as asked for, and what has come of it. */
export const operationSchema = z.object({
  id: z.string(),
  /** One of OPERATION_KINDS; a newer program may know others. */
  kind: z.string(),
  /** What it is done to: a projection, an aggregate, an alert's title, "worker", or "all". */
  subject: z.string(),
  input: z.record(z.string(), z.unknown()),
  reason: z.string().nullable(),
  requestedBy: z.string(),
  /** The address that it was asked for from; null where nobody kept it. */
  requestedFrom: z.string().nullable(),
  requestedAt: time,
  status: z.enum(OPERATION_STATUSES),
  worker: z.string().nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  /** How far it is, where it can be counted. */
  progress: z.object({ done: z.number(), total: z.number().nullable() }).nullable(),
  /** What came of it: of a shape of its kind's own (`OPERATION_RESULTS`); null until it is done. */
  result: z.unknown(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type OperationState = z.infer<typeof operationSchema>;

/** What operators asked for, newest first. */
export const operationsPageSchema = z.object({
  items: z.array(operationSchema),
  ...PAGE_LINKS,
});

/** A server action's answer to a request of an operation. */
export type OperationAnswer =
  | { ok: true; id: string }
  | { ok: false; code: string; message: string; field?: string | undefined };

const estimateSchema = z.object({
  events: z.number(),
  seconds: z.number().nullable(),
  bytes: z.number().nullable(),
  rate: z.number().nullable(),
  basis: z.enum(['last-rebuild', 'sample', 'nothing']),
});

const differenceSchema = z.object({
  aggregateId: z.string(),
  view: z.string(),
  field: z.string(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  explanation: z.string().nullable(),
  /** The last event after which it was right; null for never, absent where that is not known. */
  lastRight: z.number().nullable().optional(),
});

const reconciliationSchema = z.object({
  /** Aggregates that were compared, of so many; the others were left out of the sample. */
  checked: z.number(),
  aggregates: z.number(),
  different: z.number(),
  differences: z.number(),
  explained: z.number(),
  unknownOrigins: z.number(),
  /** Of a whole run only; runs of earlier programs have none. */
  conserved: z.array(conservationSchema).default([]),
  items: z.array(differenceSchema),
});
export type ReconciliationResult = z.infer<typeof reconciliationSchema>;

const hotRebuildSchema = z.object({
  aggregates: z.number(),
  unchanged: z.number(),
  written: z.number(),
  removed: z.number(),
  failed: z.number(),
});

/** A dry run over a whole hot view: what would be written and removed, and the first fields of it. */
const hotTrialSchema = hotRebuildSchema.extend({ items: z.array(differenceSchema) });
export type HotRebuildTrial = z.infer<typeof hotTrialSchema>;

const rowSchema = z.record(z.string(), z.string().nullable()).nullable();

const diffSchema = z.object({
  rebuildId: z.number(),
  position: z.number(),
  tables: z.array(
    z.object({
      table: z.string(),
      rowsInOld: z.number(),
      rowsInNew: z.number(),
      onlyInOld: z.number(),
      onlyInNew: z.number(),
      differing: z.number(),
      sample: z.array(z.object({ old: rowSchema, new: rowSchema })),
    }),
  ),
});

const waitsAgainSchema = z.object({
  projection: z.string(),
  aggregateId: z.string(),
  eventSequence: z.number(),
  at: z.number(),
  error: z.string(),
});

/** What comes of each kind, for the pages that show it. */
export const OPERATION_RESULTS = {
  'pause-webhook': z.object({ changed: z.boolean() }),
  'resume-webhook': z.object({ changed: z.boolean() }),
  /** How many events of the journal are behind the position. */
  'replay-webhook': z.object({ events: z.number() }),
  'redeliver-webhook': z.object({
    outcome: z.string(),
    httpStatus: z.number().nullable(),
    error: z.string().nullable(),
  }),
  'change-webhook': z.object({ changed: z.boolean() }),
  'delete-webhook': z.object({}),
  'pause-projection': z.object({ changed: z.boolean() }),
  'resume-projection': z.object({ changed: z.boolean() }),
  'retry-dead-letters': z.object({
    retried: z.number(),
    settled: z.number(),
    applied: z.number(),
    dead: z.array(waitsAgainSchema),
    failed: z.array(
      z.object({
        projection: z.string(),
        aggregateId: z.string().optional(),
        eventSequence: z.number().optional(),
        error: z.string(),
      }),
    ),
  }),
  /** For each view; `at`: where the aggregate waits again, null when nothing waits any more. */
  'skip-dead-letter': z.object({
    skipped: z.array(
      z.object({
        projection: z.string(),
        applied: z.number(),
        at: z.number().nullable(),
        error: z.string().nullable(),
      }),
    ),
  }),
  /** `sample`: aggregates whose rows were made in memory and compared with those that serve. */
  'estimate-rebuild': z.union([
    z.object({ estimate: estimateSchema, sample: reconciliationSchema }),
    hotTrialSchema,
  ]),
  /** In DynamoDB a view is rebuilt in its place; in PostgreSQL a rebuild, or the journal's completion, is begun. */
  rebuild: z.union([
    z.object({ rebuild: z.number() }),
    hotRebuildSchema,
    z.object({ journal: z.literal('requested') }),
  ]),
  'cancel-rebuild': z.object({}),
  'compare-rebuild': diffSchema,
  'swap-rebuild': z.object({ version: z.number(), position: z.number() }),
  'discard-rebuild': z.object({}),
  'roll-back': z.object({ version: z.number(), position: z.number() }),
  'discard-previous': z.object({}),
  repair: z.object({
    repaired: z.array(
      z.object({
        view: z.string(),
        waitsAt: z.object({ eventSequence: z.number(), error: z.string() }).nullable(),
      }),
    ),
    failed: z.array(z.object({ view: z.string(), error: z.string() })),
  }),
  reconcile: reconciliationSchema,
  'set-lag-threshold': z.object({ seconds: z.number() }),
  'reset-lag-threshold': z.object({ changed: z.boolean() }),
  'acknowledge-alert': z.object({}),
  'snooze-alert': z.object({}),
  'show-alert-again': z.object({ changed: z.boolean() }),
  /** The process of the new worker. */
  'restart-worker': z.object({ pid: z.number() }),
} satisfies Record<OperationKind, z.ZodType>;
