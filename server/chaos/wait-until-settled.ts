import { setTimeout as sleep } from 'node:timers/promises';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';
import type { Db } from '#server/platform/postgres.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { getConsumerLag } from '#server/stream/consumer-lag.ts';

const LOOK_AGAIN_MS = 200;

/**
 * Resolves when both consumers have read the whole stream and every projection is at the journal's
 * head, which is at `events`: with nothing. Answers what is still behind once `patience` is over.
 */
export async function waitUntilSettled(
  { dynamo, db }: { readonly dynamo: Dynamo; readonly db: Db },
  events: number,
  patience: AbortSignal,
): Promise<string[]> {
  for (;;) {
    const behind = await findBehind({ dynamo, db }, events).catch((error: unknown) => [
      toErrorSentence(error),
    ]);
    if (behind.length === 0 || patience.aborted) {
      return behind;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

async function findBehind(
  { dynamo, db }: { readonly dynamo: Dynamo; readonly db: Db },
  events: number,
): Promise<string[]> {
  const [consumers, { head, projections }] = await Promise.all([
    getConsumerLag(dynamo, new Date()),
    getProjectionLag(db),
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
