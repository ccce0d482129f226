import { z } from 'zod';
import { pick, type Random, shuffle } from './draw.ts';

const requestSchema = z.object({ ShardIterator: z.string() });
const answerSchema = z.looseObject({ Records: z.array(z.unknown()) });

/**
 * An answer of GetRecords as a less lucky reader would get it. Repeated: some records once more
 * among the others, or the iterator that it came by as the next one, so that all of them come again.
 * Reordered: any order, also within an account, for DynamoDB keeps it per item only, and an event is
 * an item.
 */
export function alterRecords(
  random: Random,
  {
    request,
    answer,
    isRepeated,
    isReordered,
  }: {
    readonly request: Buffer;
    readonly answer: Buffer;
    readonly isRepeated: boolean;
    readonly isReordered: boolean;
  },
): Buffer {
  if (!isRepeated && !isReordered) {
    return answer;
  }
  const page = answerSchema.parse(JSON.parse(answer.toString()));
  let records = page.Records;
  let next: object = {};
  if (isRepeated && random() < 0.5) {
    const { ShardIterator } = requestSchema.parse(JSON.parse(request.toString()));
    next = { NextShardIterator: ShardIterator };
  } else if (isRepeated && records.length > 0) {
    records = [...records, pick(random, records), pick(random, records)];
  }
  const Records = isReordered ? shuffle(random, records) : records;
  return Buffer.from(JSON.stringify({ ...page, ...next, Records }));
}
