import { createHash } from 'node:crypto';

/** AWS's limit for a sort key. A partition key, which an aggregate's id is, has twice as much. */
const MAX_BYTES = 1_024;

/** The key of an aggregate's dead letter of a hot view: of a very long id, its hash stands for it. */
export function toLetterKey(projection: string, aggregateId: string) {
  const isShort = Buffer.byteLength(aggregateId) <= MAX_BYTES;
  const hash = () => createHash('sha256').update(aggregateId).digest('hex');
  return { projection, aggregateId: isShort ? aggregateId : `sha256:${hash()}` };
}
