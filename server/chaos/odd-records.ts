import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { retryDeadLetters } from '#server/runtime/dead-letters/retry-dead-letters.ts';
import { type BrokenEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Check } from './checks/check.ts';
import type { WorldDeps } from './checks/world.ts';

const PREFIX = 'account#ODD-';

/** DynamoDB allows it, and JavaScript has it not. */
const ODD_NUMBER = '12345678901234567890.5';

const PLACES = ['account-balances', 'journal', 'recent-transactions'];

/** Puts an item into the event store, in the place of an account's opening, which cannot be unmarshalled. */
export async function putOddRecord({ client, tables }: Dynamo, name: string): Promise<void> {
  const Item = {
    aggregateId: { S: `${PREFIX}${name}` },
    eventSequence: { N: '1' },
    eventData: { M: { amount: { N: ODD_NUMBER }, tags: { NS: [ODD_NUMBER, '-7'] } } },
  };
  await client.send(new PutItemCommand({ TableName: tables.events, Item }));
}

/** Each of these items is a dead letter with its raw text, in ingest and in both hot views. */
export async function checkOddRecords(deps: WorldDeps): Promise<Check> {
  const odd = await listOdd(deps);
  const problems: string[] = [];
  for (const { aggregateId } of odd) {
    const { groups } = await listDeadLetters(deps, { aggregateId });
    const letters = groups.flatMap((group) => group.letters);
    const places = letters.map(({ projection }) => projection).toSorted();
    if (places.join() !== PLACES.join()) {
      problems.push(`${aggregateId} is a dead letter in “${places.join(', ')}”.`);
    }
    if (!letters.every(({ rawItem }) => rawItem?.includes(ODD_NUMBER))) {
      problems.push(`${aggregateId} is not shown with its raw text.`);
    }
  }
  return {
    name: 'what cannot be unmarshalled is shown',
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
    odd.push(...page.filter(isBroken).filter(({ aggregateId }) => aggregateId.startsWith(PREFIX)));
  }
  return odd;
}
