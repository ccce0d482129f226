import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';
import { classifyDynamoError, toDynamoError } from './dynamo-errors.ts';

const MAX_ATTEMPTS = 8;

/** No further attempt is begun after this long: a person waits for the answer. */
const TIMEOUT_MS = 5_000;

/**
 * Carries out a request that may safely be repeated, again after each transient fault, with jittered
 * exponential back-off. Gives up after a bounded number of attempts or some seconds, and at once
 * on a permanent fault. Throws PlayheadError only (`toDynamoError`), never what the SDK throws.
 */
export async function retryDynamo<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const isOver = attempt >= MAX_ATTEMPTS || performance.now() - startedAt > TIMEOUT_MS;
      if (isOver || classifyDynamoError(error) === 'permanent') {
        throw toDynamoError(error);
      }
      await sleep(backoffMs(attempt));
    }
  }
}
