import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import { parseStoredEvent, type StoredEvent } from './stored-event.ts';

type Page = {
  readonly segment: number;
  readonly events: StoredEvent[];
  readonly next: ScanCommandInput['ExclusiveStartKey'];
};

/**
 * Every event of the store, page by page, with one request under way in each of `segments` parts
 * of the table. An aggregate lies in one segment, so its events come in order; nothing is said of
 * the order between aggregates. Consistently read: whatever was appended before the scan began is
 * in it. Throws EVENT_UNREADABLE for an item that is not an event.
 */
export async function* scanEvents(dynamo: Dynamo, segments = 4): AsyncGenerator<StoredEvent[]> {
  const underWay = new Map<number, Promise<Page>>();
  const request = (segment: number, start?: Page['next']) => {
    const page = scanPage(dynamo, { segment, segments, start });
    // A consumer that stops early waits for none of these any more.
    page.catch(() => {});
    underWay.set(segment, page);
  };
  for (let segment = 0; segment < segments; segment += 1) {
    request(segment);
  }
  while (underWay.size > 0) {
    const { segment, events, next } = await Promise.race(underWay.values());
    underWay.delete(segment);
    if (next !== undefined) {
      request(segment, next);
    }
    if (events.length > 0) {
      yield events;
    }
  }
}

async function scanPage(
  { documents, tables }: Dynamo,
  part: { segment: number; segments: number; start: Page['next'] | undefined },
): Promise<Page> {
  const answer = await retryDynamo(() =>
    documents.send(
      new ScanCommand({
        TableName: tables.events,
        ConsistentRead: true,
        Segment: part.segment,
        TotalSegments: part.segments,
        ExclusiveStartKey: part.start,
      }),
    ),
  );
  return {
    segment: part.segment,
    events: (answer.Items ?? []).map(parseStoredEvent),
    next: answer.LastEvaluatedKey,
  };
}
