import type { ConsumerLag } from '#lib/contracts/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { SystemWatch } from '#server/runtime/system/system-watch.ts';

/**
 * How far the stream's consumers are behind, and whether accounts wait at dead letters in what they
 * feed. The journal's are in PostgreSQL: while that is down they are not known, and the rest still
 * shows. Throws DYNAMODB_UNAVAILABLE.
 */
export async function getConsumerLagAnswer(watch: SystemWatch): Promise<ConsumerLag> {
  const { consumers } = await watch.read();
  if (consumers === null) {
    const sentence = 'DynamoDB does not answer. Check that it is running, then try again.';
    throw new PlayheadError('DYNAMODB_UNAVAILABLE', sentence);
  }
  return { consumers };
}
