import { setTimeout as sleep } from 'node:timers/promises';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import type { WorldDeps } from './checks/world.ts';

const LOOK_AGAIN_MS = 200;

type Settling = Pick<WorldDeps, 'dynamo' | 'db' | 'registered'>;

/**
 * Resolves when both consumers have read the whole stream and every projection is at the journal's
 * head, which is at `events`: with nothing. Answers what is still behind once `timeout` is over.
 */
export async function waitUntilSettled(
  { dynamo, db, registered }: Settling,
  events: number,
  timeout: AbortSignal,
): Promise<string[]> {
  for (;;) {
    const behind = await findBehind({ dynamo, db, registered }, events).catch((error: unknown) => [
      toErrorSentence(error),
    ]);
    if (behind.length === 0 || timeout.aborted) {
      return behind;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

async function findBehind({ dynamo, db, registered }: Settling, events: number): Promise<string[]> {
  const [consumers, { head, projections }] = await Promise.all([
    getConsumerLag(dynamo, new Date()),
    getProjectionLag(db, registered.views),
  ]);
  return [
    ...consumers
      .filter(({ eventsBehind }) => eventsBehind !== 0)
      .map(
        ({ name, eventsBehind, error }) =>
          `${name} is ${eventsBehind ?? 'an unknown number of'} events behind: ${error}`,
      ),
    ...(head < events ? [`The journal has ${head} of ${events} events.`] : []),
    ...projections
      .filter(({ eventsBehind }) => eventsBehind > 0)
      .map(({ name, eventsBehind }) => `${name} is ${eventsBehind} events behind the journal.`),
  ];
}
