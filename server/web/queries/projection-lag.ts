import type { ProjectionLag, ProjectionStatus } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { getLiveWorkers, type WorkerHeartbeat } from '#server/platform/worker-heartbeat.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 1_500;

type LagDeps = { readonly db: Db; readonly dynamo: Dynamo; readonly now: () => Date };

/**
 * How far each projection is behind the journal, from PostgreSQL, and how its projector fares, from
 * the workers' reports in DynamoDB: without those the status is unknown, and the rest still shows.
 */
export async function getProjectionLagAnswer(deps: LagDeps): Promise<ProjectionLag> {
  const { db, dynamo, now } = deps;
  const [{ head, projections }, workers] = await Promise.all([
    getProjectionLag(db),
    within(PATIENCE_MS, () => getLiveWorkers(dynamo, now())).catch(() => undefined),
  ]);
  return {
    head,
    projections: projections.map((projection) => ({
      ...projection,
      ...toStatus(projection.name, workers),
    })),
  };
}

function toStatus(
  name: string,
  workers: readonly WorkerHeartbeat[] | undefined,
): Pick<ProjectionStatus, 'status' | 'error'> {
  if (workers === undefined) {
    return { status: 'unknown', error: null };
  }
  const projectors = workers
    .flatMap(({ projectors }) => projectors)
    .filter((projector) => projector.name === name);
  if (projectors.length === 0) {
    return { status: 'down', error: null };
  }
  const error = projectors.find((projector) => projector.error !== null)?.error ?? null;
  return { status: error === null ? 'running' : 'stuck', error };
}
