import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { mayHaveBeenCarriedOut } from '#server/runtime/platform/dynamo-errors.ts';
import { appendEvents } from './append-events.ts';
import type { AppendResult } from './event-store.ts';
import {
  type Addition,
  MAX_ITEMS,
  MAX_TRANSACTION_BYTES,
  type Transaction,
} from './transaction.ts';

/** So many shared transactions are under way: what comes meanwhile waits for the next one. */
const AT_ONCE = 2;

type Waiting = {
  readonly addition: Addition;
  readonly transaction: Transaction;
  readonly settle: (result: AppendResult | Promise<AppendResult>) => void;
};

/**
 * An append whose calls share transactions: those that wait when one can begin go together in it, as far
 * as AWS takes them. Each command's own conditions are in it. When it does not come through, for
 * whatever reason, each command is sent by itself, with all that `appendEvents` does: so one that is a
 * duplicate or in conflict costs the others a second attempt, and nothing else.
 */
export function createAppendTogether(
  dynamo: Dynamo,
): (addition: Addition, transaction: Transaction) => Promise<AppendResult> {
  const waiting: Waiting[] = [];
  let underWay = 0;

  function begin(): void {
    while (underWay < AT_ONCE && waiting.length > 0) {
      underWay += 1;
      void send(dynamo, takeGroup(waiting)).then(() => {
        underWay -= 1;
        setImmediate(begin);
      });
    }
  }

  return (addition, transaction) =>
    new Promise((settle) => {
      waiting.push({ addition, transaction, settle });
      // What else is asked for in this turn of the event loop goes with it.
      setImmediate(begin);
    });
}

/** Those that have waited longest and fit into one transaction, which names no item twice. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  const names = new Set<string>();
  let items = 0;
  let bytes = 0;
  const end = waiting.findIndex(({ addition, transaction }) => {
    items += transaction.items.length;
    bytes += transaction.bytes;
    const own = namesOf(addition);
    const isFree = own.every((name) => !names.has(name));
    for (const name of own) {
      names.add(name);
    }
    return items > MAX_ITEMS || bytes > MAX_TRANSACTION_BYTES || !isFree;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Its aggregates, and its command: more than its items, and never fewer. */
function namesOf({ events, unchanged, record }: Addition): string[] {
  const aggregates = [...events, ...unchanged].map(({ aggregateId }) => aggregateId);
  return [...new Set(aggregates), `command#${record.commandId}`];
}

async function send(dynamo: Dynamo, group: readonly Waiting[]): Promise<void> {
  const apart = (wasUncertain: boolean) =>
    group.map(({ addition, transaction, settle }) => {
      const result = appendEvents(dynamo, addition, transaction, wasUncertain);
      settle(result);
      return result;
    });
  if (group.length === 1) {
    await Promise.allSettled(apart(false));
    return;
  }
  const TransactItems = group.flatMap(({ transaction }) => transaction.items);
  try {
    await dynamo.client.send(new TransactWriteItemsCommand({ TransactItems }));
  } catch (error) {
    await Promise.allSettled(apart(mayHaveBeenCarriedOut(error)));
    return;
  }
  for (const { settle } of group) {
    settle({ kind: 'appended' });
  }
}
