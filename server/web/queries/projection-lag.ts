import type { ProjectionLag } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { getLiveWorkers } from '#server/platform/worker-heartbeat.ts';
import { getProjectionStatuses } from '#server/projections/get-projection-statuses.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 1_500;

type LagDeps = { readonly db: Db; readonly dynamo: Dynamo; readonly now: () => Date };

/**
 * How far each projection is behind the journal and how it fares, from PostgreSQL, with what the
 * workers report in DynamoDB: without those what they would know is unknown, and the rest still shows.
 */
export async function getProjectionLagAnswer(deps: LagDeps): Promise<ProjectionLag> {
  const { db, dynamo, now } = deps;
  const [{ head, projections }, workers] = await Promise.all([
    getProjectionLag(db),
    within(PATIENCE_MS, () => getLiveWorkers(dynamo, now())).catch(() => undefined),
  ]);
  const statuses = await getProjectionStatuses(db, PROJECTIONS, { workers, now: now() });
  return {
    head,
    projections: projections.flatMap((projection) =>
      statuses
        .filter(({ name }) => name === projection.name)
        .map(({ kind, reason, since }) => ({ ...projection, status: kind, reason, since })),
    ),
  };
}
