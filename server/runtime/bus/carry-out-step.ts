import { isOfType } from '#lib/aggregate-id.ts';
import { readJournal } from '#server/runtime/journal/read-journal.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { makeReady } from '#server/runtime/rebuild/make-ready.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { Bus } from './bus.ts';
import { toBusMessage } from './bus-message.ts';
import { ensurePublisher } from './bus-publisher.ts';
import type { ReplayMove } from './decide-replay.ts';
import { notePut, noteReplayed, noteStep, type ReplayRow, toQueueName } from './replay-progress.ts';
import { sendInLanes } from './to-batches.ts';

/** So many events are put before the position moves. */
const RUN = 500;

export type StepDeps = {
  readonly db: Db;
  readonly bus: Bus;
  readonly projection: PostgresView;
  readonly workerId: string;
  /** For so long a message that was received is nobody else's. */
  readonly visibilitySeconds: number;
};

/**
 * Carries out a step of a replay, and then notes that it is done; putting events takes many calls. A worker that dies
 * in between leaves nothing that the next one cannot do again.
 */
export async function carryOutStep(
  deps: StepDeps,
  replay: ReplayRow,
  step: Extract<ReplayMove, { kind: 'carry-out' }>['step'],
): Promise<void> {
  const { db, bus, projection, workerId, visibilitySeconds } = deps;
  const queue = (name: 'replay' | 'live') => toQueueName(projection.name, replay, name);
  switch (step) {
    case 'create-queues':
      // Where publishing begins is noted before the subscription: no event falls between them.
      await ensurePublisher(db);
      await bus.createQueue(queue('live'), visibilitySeconds);
      await bus.createQueue(queue('replay'), visibilitySeconds);
      break;
    case 'subscribe-live':
      await bus.subscribe(queue('live'), projection.aggregate.type);
      break;
    case 'route-replay':
      // The handler takes messages by the state of the replay.
      break;
    case 'put-events':
      await putEvents(deps, replay, queue('replay'));
      return;
    case 'route-live':
      await noteReplayed(db, replay);
      await makeReady(db, projection, replay.rebuild);
      break;
  }
  await noteStep(db, replay, step, workerId);
}

async function putEvents(
  { db, bus, projection }: StepDeps,
  replay: ReplayRow,
  queue: string,
): Promise<void> {
  const { until, putPosition: after } = replay;
  const events = await readJournal(db, { after, limit: Math.min(RUN, (until ?? after) - after) });
  const own = events.filter(({ aggregateId }) => isOfType(projection.aggregate.type, aggregateId));
  await sendInLanes(own.map(toBusMessage), (batch) => bus.send(queue, batch));
  const position = events.at(-1)?.position ?? after;
  await notePut(db, replay, { position, events: own.length });
}
