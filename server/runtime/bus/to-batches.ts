import { createHash } from 'node:crypto';
import type { BusMessage } from './bus-message.ts';

/** What SNS and SQS take in one request. */
const MAX_MESSAGES = 10;
const MAX_BYTES = 256_000;

/** Batches that are on their way at the same time. */
const LANES = 4;

/**
 * Divides messages into lanes of batches. All messages of a group are in one lane, in their order and each
 * in a batch of its own: one that was refused is never overtaken by the next of its group, as long as a
 * lane's batches are sent one after another and the lane ends at a refusal. Pure.
 */
export function toLanes(messages: readonly BusMessage[]): BusMessage[][][] {
  const lanes = Array.from({ length: LANES }, (): BusMessage[] => []);
  for (const message of messages) {
    const [byte = 0] = createHash('md5').update(message.groupId).digest();
    lanes[byte % LANES]?.push(message);
  }
  return lanes.filter((lane) => lane.length > 0).map(toBatches);
}

function toBatches(messages: readonly BusMessage[]): BusMessage[][] {
  const batches: BusMessage[][] = [];
  let batch: BusMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const isFull =
      batch.length === MAX_MESSAGES ||
      bytes + size > MAX_BYTES ||
      batch.some(({ groupId }) => groupId === message.groupId);
    if (isFull) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

/** Sends messages in lanes; throws the first refusal, when every lane has ended. */
export async function sendInLanes(
  messages: readonly BusMessage[],
  send: (batch: readonly BusMessage[]) => Promise<void>,
): Promise<void> {
  const sent = await Promise.allSettled(
    toLanes(messages).map(async (batches) => {
      for (const batch of batches) {
        await send(batch);
      }
    }),
  );
  const refused = sent.find((each) => each.status === 'rejected');
  if (refused !== undefined) {
    throw refused.reason;
  }
}
