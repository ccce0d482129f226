import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

type Page<Event> = {
  readonly segment: number;
  readonly events: Event[];
  readonly next: ScanCommandInput['ExclusiveStartKey'];
};

/**
 * Every event of the store, page by page, with one request under way in each of `segments` parts
 * of the table. An aggregate lies in one segment, so its events come in order; nothing is said of
 * the order between aggregates. Consistently read: whatever was appended before the scan began is
 * in it. Throws what `parse` throws for an item.
 */
export async function* scanEvents<Event>(
  dynamo: Dynamo,
  parse: (item: unknown) => Event,
  segments = 4,
): AsyncGenerator<Event[]> {
  const underWay = new Map<number, Promise<Page<Event>>>();
  const request = (segment: number, start?: Page<Event>['next']) => {
    const page = scanPage(dynamo, parse, { segment, segments, start });
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

async function scanPage<Event>(
  { documents, tables }: Dynamo,
  parse: (item: unknown) => Event,
  part: { segment: number; segments: number; start: Page<Event>['next'] | undefined },
): Promise<Page<Event>> {
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
    events: (answer.Items ?? []).map(parse),
    next: answer.LastEvaluatedKey,
  };
}
