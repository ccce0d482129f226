import type { Health, ProjectionLag } from '#lib/contracts/queries.ts';
import { formatSpan } from '#lib/time-format.ts';
import { toDynamoError } from '#server/runtime/platform/dynamo-errors.ts';
import { toPostgresSentence } from '#server/runtime/platform/postgres-errors.ts';
import { isLive, type WorkerHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import type { SystemFacts } from './system-facts.ts';

/** What of Playhead is up, and what is the matter with the rest. Pure. */
export function toHealth(
  { workers, ping, now }: Pick<SystemFacts, 'workers' | 'ping' | 'now'>,
  workerSeenAt: string | null,
  lag: ProjectionLag | null,
): Health {
  const worker: Health['worker'] =
    workers.facts === null
      ? { state: 'unknown', detail: 'Workers report in DynamoDB, which did not answer.' }
      : toWorkerCheck(workers.facts, workerSeenAt, now);
  const dynamodb: Health['dynamodb'] = workers.failure
    ? { state: 'down', detail: toDynamoError(workers.failure.error).message }
    : { state: 'up' };
  const postgresql: Health['postgresql'] = ping.failure
    ? { state: 'down', detail: toPostgresSentence(ping.failure.error) }
    : { state: 'up' };
  const isOk = [dynamodb, postgresql, worker].every(({ state }) => state === 'up');
  return {
    status: isOk ? 'ok' : 'degraded',
    web: { state: 'up' },
    worker,
    dynamodb,
    postgresql,
    projections: (lag?.projections ?? []).map(({ name, status, reason, since }) => ({
      name,
      status,
      reason,
      since,
    })),
  };
}

/** A worker that meets errors is up: it tries again. What it meets is the detail. */
function toWorkerCheck(
  workers: readonly WorkerHeartbeat[],
  seenAt: string | null,
  now: Date,
): Health['worker'] {
  const live = workers.filter((worker) => isLive(worker, now));
  if (live.length === 0) {
    const seconds = seenAt === null ? 0 : Math.max(0, now.getTime() - Date.parse(seenAt)) / 1_000;
    const detail =
      seenAt === null
        ? 'No worker runs.'
        : `No worker has reported for ${formatSpan(Math.floor(seconds))}.`;
    return { state: 'down', detail };
  }
  const problems = live.flatMap(({ consumers, projectors, journal, rebuilds }) => [
    ...[...consumers, ...projectors, { name: 'journal', error: journal.error }].flatMap(
      ({ name, error }) => (error === null ? [] : [`${name}: ${error}`]),
    ),
    ...rebuilds.flatMap(({ projection, error }) =>
      error === null ? [] : [`Rebuild of ${projection}: ${error}`],
    ),
    ...(journal.rebuilding === null
      ? []
      : [`The journal is being completed: ${journal.rebuilding.read} events read.`]),
  ]);
  return problems.length === 0
    ? { state: 'up' }
    : { state: 'up', detail: [...new Set(problems)].join(' ') };
}
