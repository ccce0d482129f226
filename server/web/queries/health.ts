import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Health } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { toDynamoError } from '#server/platform/dynamo-errors.ts';
import type { Postgres } from '#server/platform/postgres.ts';
import { toPostgresSentence } from '#server/platform/postgres-errors.ts';
import {
  getLiveWorkers,
  HEARTBEAT_TIMEOUT_MS,
  type WorkerHeartbeat,
} from '#server/platform/worker-heartbeat.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 1_500;

type Check = Health['worker'];
type HealthDeps = {
  readonly dynamo: Dynamo;
  readonly sql: Postgres['sql'];
  readonly now: () => Date;
};

/** The state of everything that the console needs, all asked at once. Never throws. */
export async function getHealth({ dynamo, sql, now }: HealthDeps): Promise<Health> {
  const [dynamodb, postgresql, worker] = await Promise.all([
    checked(
      async (): Promise<Check> => {
        await dynamo.client.send(new DescribeTableCommand({ TableName: dynamo.tables.events }));
        return { state: 'up' };
      },
      (error) => ({ state: 'down', detail: toDynamoError(error).message }),
    ),
    checked(
      async (): Promise<Check> => {
        await sql`select 1`;
        return { state: 'up' };
      },
      (error) => ({ state: 'down', detail: toPostgresSentence(error) }),
    ),
    checked(
      async () => toWorkerCheck(await getLiveWorkers(dynamo, now())),
      () => ({ state: 'unknown', detail: 'Workers report in DynamoDB, which did not answer.' }),
    ),
  ]);
  const isOk = [dynamodb, postgresql, worker].every(({ state }) => state === 'up');
  return {
    status: isOk ? 'ok' : 'degraded',
    web: { state: 'up' },
    worker,
    dynamodb,
    postgresql,
  };
}

/** A worker that meets errors is up: it tries again. What it meets is the detail. */
function toWorkerCheck(workers: readonly WorkerHeartbeat[]): Check {
  if (workers.length === 0) {
    const seconds = HEARTBEAT_TIMEOUT_MS / 1_000;
    return { state: 'down', detail: `No worker has reported for ${seconds} seconds.` };
  }
  const problems = workers
    .flatMap(({ consumers, projectors }) => [...consumers, ...projectors])
    .flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error}`]));
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
