import { PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { retryDeadLetters } from '#server/runtime/dead-letters/retry-dead-letters.ts';
import { type BrokenEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Registered } from '#server/runtime/registered.ts';
import type { Check } from './checks/check.ts';
import type { WorldDeps } from './checks/world.ts';

const ID = 'ODD-';

/** DynamoDB allows it, and JavaScript has it not. */
const ODD_NUMBER = '12345678901234567890.5';

/** What else an item has: a number that cannot be unmarshalled, or a shape that is no event's. */
const SHAPES: readonly PutItemCommandInput['Item'][] = [
  { eventData: { M: { amount: { N: ODD_NUMBER }, tags: { NS: [ODD_NUMBER, '-7'] } } } },
  { eventType: { BOOL: true }, eventData: { S: ODD_NUMBER } },
];

/**
 * Puts an item that is no event into the event store for every type of aggregate, in the place of the first event
 * of one that nobody has; the shapes take turns.
 */
export async function putOddRecords(
  { client, tables }: Dynamo,
  { aggregates }: Pick<Registered, 'aggregates'>,
  name: string,
): Promise<void> {
  for (const [index, type] of [...aggregates.keys()].entries()) {
    const aggregateId = { S: toAggregateId(type, `${ID}${name}`) };
    const shape = SHAPES[index % SHAPES.length];
    const Item = { aggregateId, eventSequence: { N: '1' }, ...shape };
    await client.send(new PutItemCommand({ TableName: tables.events, Item }));
  }
}

/** Each of these items is a dead letter with its raw text, in ingest and in all hot views of its type. */
export async function checkOddRecords(deps: WorldDeps): Promise<Check> {
  const odd = await listOdd(deps);
  const problems: string[] = [];
  for (const { aggregateId } of odd) {
    const { type } = parseAggregateId(aggregateId);
    const hotViews = deps.registered.hotViews.filter(({ aggregate }) => aggregate.type === type);
    const expected = ['journal', ...hotViews.map((view) => view.name)].toSorted();
    const { groups } = await listDeadLetters(deps, { aggregateId });
    const letters = groups.flatMap((group) => group.letters);
    const places = letters.map(({ projection }) => projection).toSorted();
    if (places.join() !== expected.join()) {
      problems.push(`${aggregateId} is a dead letter in “${places.join(', ')}”.`);
    }
    if (!letters.every(({ rawItem }) => rawItem?.includes(ODD_NUMBER))) {
      problems.push(`${aggregateId} is not shown with its raw text.`);
    }
  }
  return {
    name: 'what is no event is shown',
    figure: `${odd.length} records`,
    problems,
  };
}

/** Takes these items away and retries them, so that nothing is left that the other checks would find. */
export async function removeOddRecords(deps: WorldDeps): Promise<void> {
  const { documents, tables } = deps.dynamo;
  for (const { aggregateId, eventSequence } of await listOdd(deps)) {
    const Key = { aggregateId, eventSequence };
    await documents.send(new DeleteCommand({ TableName: tables.events, Key }));
    await retryDeadLetters(deps, { aggregateId }, { actor: 'chaos' });
  }
}

async function listOdd({ store }: WorldDeps): Promise<BrokenEvent[]> {
  const odd: BrokenEvent[] = [];
  for await (const page of store.scanDelivered()) {
    odd.push(
      ...page
        .filter(isBroken)
        .filter(({ aggregateId }) => parseAggregateId(aggregateId).id.startsWith(ID)),
    );
  }
  return odd;
}
