import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Health } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { toDynamoError } from '#server/platform/dynamo-errors.ts';
import type { Db } from '#server/platform/postgres.ts';
import { toPostgresSentence } from '#server/platform/postgres-errors.ts';
import {
  getLiveWorkers,
  HEARTBEAT_TIMEOUT_MS,
  type WorkerHeartbeat,
} from '#server/platform/worker-heartbeat.ts';
import { getProjectionStatuses } from '#server/projections/get-projection-statuses.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 1_500;

/** The projections' statuses are asked for when the workers have answered, or have not. */
const PATIENCE_FOR_BOTH_MS = 2_000;

type Check = Health['worker'];
type HealthDeps = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly now: () => Date;
};

/** The state of everything that the console needs, all asked at once. Never throws. */
export async function getHealth({ dynamo, db, now }: HealthDeps): Promise<Health> {
  const live = within(PATIENCE_MS, () => getLiveWorkers(dynamo, now()));
  const [dynamodb, postgresql, worker, projections] = await Promise.all([
    checked(
      async (): Promise<Check> => {
        await dynamo.client.send(new DescribeTableCommand({ TableName: dynamo.tables.events }));
        return { state: 'up' };
      },
      (error) => ({ state: 'down', detail: toDynamoError(error).message }),
    ),
    checked(
      async (): Promise<Check> => {
        await db.execute(`select 1`);
        return { state: 'up' };
      },
      (error) => ({ state: 'down', detail: toPostgresSentence(error) }),
    ),
    checked(
      async () => toWorkerCheck(await live),
      () => ({ state: 'unknown', detail: 'Workers report in DynamoDB, which did not answer.' }),
    ),
    within(PATIENCE_FOR_BOTH_MS, async () => {
      const workers = await live.catch(() => undefined);
      return getProjectionStatuses(db, PROJECTIONS, { workers, now: now() });
    }).catch(() => []),
  ]);
  const isOk = [dynamodb, postgresql, worker].every(({ state }) => state === 'up');
  return {
    status: isOk ? 'ok' : 'degraded',
    web: { state: 'up' },
    worker,
    dynamodb,
    postgresql,
    projections: projections.map(({ name, kind, reason, since }) => ({
      name,
      status: kind,
      reason,
      since,
    })),
  };
}

/** A worker that meets errors is up: it tries again. What it meets is the detail. */
function toWorkerCheck(workers: readonly WorkerHeartbeat[]): Check {
  if (workers.length === 0) {
    const seconds = HEARTBEAT_TIMEOUT_MS / 1_000;
    return { state: 'down', detail: `No worker has reported for ${seconds} seconds.` };
  }
  const problems = workers.flatMap(({ consumers, projectors, journal, rebuilds }) => [
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

async function checked(
  check: () => Promise<Check>,
  onError: (error: unknown) => Check,
): Promise<Check> {
  try {
    return await within(PATIENCE_MS, check);
  } catch (error) {
    return onError(error);
  }
}
