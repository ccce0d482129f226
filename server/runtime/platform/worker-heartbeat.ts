import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from './dynamo.ts';
import { listOf } from './list-of.ts';

/** How often a worker reports, and after how long without a word it counts as down. */
export const HEARTBEAT_INTERVAL_MS = 1_000;
export const HEARTBEAT_TIMEOUT_MS = 6_000;

const failing = { error: z.string().nullable(), errorSince: z.string().nullable() };

const consumerReport = z.object({
  name: z.enum(['journal', 'hot-views']),
  shardId: z.string(),
  /** The timestamp of the newest event that it has delivered. */
  lastEventAt: z.string().nullable(),
  /** Its last read of the stream came back empty. */
  caughtUp: z.boolean(),
  ...failing,
});
const projectorReport = z.object({ name: z.string(), ...failing });
const journalReport = z.object({
  rebuilding: z.object({ read: z.number(), inserted: z.number() }).nullable(),
  error: z.string().nullable(),
});
const rebuildReport = z.object({
  id: z.number(),
  projection: z.string(),
  error: z.string().nullable(),
});

/**
 * What a worker says of itself once a second, in DynamoDB, so that it is heard without PostgreSQL. Of
 * a newer or an older version's report whatever cannot be read is left out, and the rest counts.
 */
const workerHeartbeatSchema = z.object({
  workerId: z.string(),
  pid: z.number().catch(0),
  startedAt: z.string().catch(''),
  seenAt: z.string(),
  consumers: listOf(consumerReport),
  projectors: listOf(projectorReport),
  /** How it looks after the journal's completeness: events read and inserted, while it completes it. */
  journal: journalReport.catch({ rebuilding: null, error: null }),
  /** The rebuilds that it fills, and why one does not get on. */
  rebuilds: listOf(rebuildReport),
});

export type WorkerHeartbeat = z.infer<typeof workerHeartbeatSchema>;

/** A heartbeat as it is written: a worker of an older version may leave the newer parts out. */
export type WorkerReport = Omit<WorkerHeartbeat, 'journal' | 'rebuilds'> &
  Partial<Pick<WorkerHeartbeat, 'journal' | 'rebuilds'>>;

/** Reports a worker; the item goes by itself an hour after the last report. */
export async function putHeartbeat(dynamo: Dynamo, heartbeat: WorkerReport): Promise<void> {
  const expiresAt = Math.ceil(Date.parse(heartbeat.seenAt) / 1_000) + 3_600;
  await dynamo.documents.send(
    new PutCommand({ TableName: dynamo.tables.workers, Item: { ...heartbeat, expiresAt } }),
  );
}

/** Withdraws a worker that stops by itself, so that nobody takes it for alive any longer. */
export async function removeHeartbeat(dynamo: Dynamo, workerId: string): Promise<void> {
  const Key = { workerId };
  await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.workers, Key }));
}

/** Workers that live (`isLive`). */
export async function getLiveWorkers(dynamo: Dynamo, now: Date): Promise<WorkerHeartbeat[]> {
  return (await listWorkers(dynamo)).filter((worker) => isLive(worker, now));
}

/** The last report of every worker that has not stopped by itself, the dead ones' of an hour included. */
export async function listWorkers(dynamo: Dynamo): Promise<WorkerHeartbeat[]> {
  const { Items = [] } = await dynamo.documents.send(
    new ScanCommand({ TableName: dynamo.tables.workers, ConsistentRead: true }),
  );
  return listOf(workerHeartbeatSchema).parse(Items);
}

/** Whether a worker reported within HEARTBEAT_TIMEOUT_MS of `now`: one from further ahead says nothing. */
export function isLive({ seenAt }: Pick<WorkerHeartbeat, 'seenAt'>, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(seenAt)) < HEARTBEAT_TIMEOUT_MS;
}
