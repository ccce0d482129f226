import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { loadJournalState } from '#server/runtime/journal/journal-state.ts';
import { getLiveWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { getProjectionStatuses } from '#server/runtime/views/get-projection-statuses.ts';
import type { Check } from './check.ts';
import type { WorldDeps } from './world.ts';

/** No event is a dead letter or skipped: these faults break no event. */
export async function checkDeadLetters(deps: WorldDeps): Promise<Check> {
  const lists = await Promise.all([
    listDeadLetters(deps),
    listDeadLetters(deps, {}, { skipped: true }),
  ]);
  const groups = lists.flatMap((list) => list.groups);
  const dead = groups.map(
    ({ projection, aggregates, letters }) =>
      `${aggregates} aggregates in ${projection}: ${letters[0]?.error}`,
  );
  return {
    name: 'no dead letters',
    figure: `${groups.length} groups`,
    problems: [...dead, ...lists.flatMap(({ problems }) => problems)],
  };
}

/** Everything runs: no consumer and no projection is stuck, blocked or without a worker. */
export async function checkStatuses({ dynamo, db, registered }: WorldDeps): Promise<Check> {
  const now = new Date();
  const workers = await getLiveWorkers(dynamo, now);
  const [consumers, projections, journal] = await Promise.all([
    getConsumerLag(dynamo, now),
    getProjectionStatuses(db, registered.views, { workers, now }),
    loadJournalState(db),
  ]);
  return {
    name: 'every consumer and projection runs',
    figure: `${consumers.length} consumers, ${projections.length} projections, the journal is ${journal.status}`,
    problems: [
      ...consumers
        .filter(({ status, error }) => status !== 'running' || error !== null)
        .map(({ name, status, error }) => `The consumer ${name} is ${status}: ${error}`),
      ...projections
        .filter(({ kind, reason }) => kind !== 'running' || reason !== null)
        .map(({ name, kind, reason }) => `The projection ${name} is ${kind}: ${reason}`),
      ...(journal.status === 'complete' ? [] : [`The journal is ${journal.status}.`]),
    ],
  };
}
