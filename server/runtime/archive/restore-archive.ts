import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { groupBy } from '#lib/group-by.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  deleteArchivedAggregate,
  listArchivedAggregates,
} from '#server/runtime/event-store/archived-aggregates.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { forEachConcurrently } from '#server/runtime/platform/for-each-concurrently.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { readArchiveObject } from './archive-object.ts';
import {
  type ArchivedLine,
  type ArchiveProblem,
  checkObjects,
  inDayOrder,
  readEventLines,
} from './check-objects.ts';
import { toKeyText } from './event-line.ts';
import { getItemLines } from './get-items.ts';
import { parseItemLine } from './item-line.ts';
import type { ArchiveDeps } from './run-archive.ts';

const AT_ONCE = 32;

/** What was put back; `present` was there already, and the same. */
export type ArchiveRestore = {
  readonly events: number;
  readonly present: number;
  readonly commands: number;
};

type RestoreDeps = Pick<ArchiveDeps, 'dynamo' | 'storage'> & { readonly db: Db };

/**
 * Puts every event of the archive into the events table as it was, and the command records beside them:
 * each aggregate's events in their order, so that the views follow by the stream. The whole archive is
 * read and checked first. With `continues` the table may hold events already: those that are the same are
 * left, and the events that were removed come back.
 *
 * Throws ARCHIVE_REFUSED for a table that is not empty, and ARCHIVE_DAMAGED, before anything is written,
 * for an archive that is not whole; also for an event that the table has otherwise.
 */
export async function restoreArchive(
  { dynamo, storage, db }: RestoreDeps,
  operator: Operator,
  { continues, signal }: { readonly continues: boolean; readonly signal?: AbortSignal },
): Promise<ArchiveRestore> {
  if (!continues) {
    await requireEmpty(dynamo);
  }
  const problems: ArchiveProblem[] = [];
  const manifests = await checkObjects(storage, {
    signal,
    report: (found) => problems.push(found),
  });
  const [first] = problems;
  if (first !== undefined) {
    const sentence = `The archive is not whole, and nothing was restored: ${first.object}: ${first.problem}`;
    throw new PlayheadError('ARCHIVE_DAMAGED', sentence);
  }
  await recordOperatorAction(db, operator, 'archive-restore', 'events', { outcome: 'started' });
  const counts = { events: 0, present: 0, commands: 0 };
  const objects = inDayOrder(manifests).map(({ object }) => object);
  for (const object of objects.filter(({ kind }) => kind === 'events')) {
    const lines = await readEventLines(storage, object);
    const histories = groupBy(lines, ({ key }) => key.aggregateId).values();
    await forEachConcurrently(histories, AT_ONCE, async (events) => {
      for (const event of events) {
        signal?.throwIfAborted();
        const isNew = await putEvent(dynamo, event);
        counts[isNew ? 'events' : 'present'] += 1;
      }
    });
  }
  for (const object of objects.filter(({ kind }) => kind === 'commands')) {
    await forEachConcurrently(await readArchiveObject(storage, object), AT_ONCE, async (line) => {
      signal?.throwIfAborted();
      const isNew = await putNew(dynamo, dynamo.tables.commands, 'commandId', line);
      counts.commands += isNew ? 1 : 0;
    });
  }
  // The events table answers for all events again.
  const removals = await listArchivedAggregates(dynamo);
  await forEachConcurrently(removals.keys(), AT_ONCE, (aggregateId) =>
    deleteArchivedAggregate(dynamo, aggregateId),
  );
  await recordOperatorAction(db, operator, 'archive-restore', 'events', {
    outcome: 'done',
    ...counts,
  });
  return counts;
}

async function requireEmpty({ client, tables }: Dynamo): Promise<void> {
  const request = { TableName: tables.events, Limit: 1, ConsistentRead: true };
  const { Items } = await retryDynamo(() => client.send(new ScanCommand(request)));
  if (Items?.length) {
    const sentence =
      'The event store has events, and nothing was restored. Restore into an empty one, or with --continue: ' +
      'then events that are there and the same are left, and the missing ones added.';
    throw new PlayheadError('ARCHIVE_REFUSED', sentence);
  }
}

/** Whether it was missing. Throws ARCHIVE_DAMAGED for an event that is there and is not the same. */
async function putEvent(dynamo: Dynamo, { key, line }: ArchivedLine): Promise<boolean> {
  if (await putNew(dynamo, dynamo.tables.events, 'aggregateId', line)) {
    return true;
  }
  const kept = await getItemLines(dynamo, [key]);
  if (kept.get(toKeyText(key)) !== line) {
    const sentence = `The events table has another event ${toKeyText(key)} than the archive.`;
    throw new PlayheadError('ARCHIVE_DAMAGED', sentence);
  }
  return false;
}

/** Whether there was no item with the key. */
function putNew({ client }: Dynamo, TableName: string, key: string, line: string) {
  const request = {
    TableName,
    Item: parseItemLine(line),
    ConditionExpression: `attribute_not_exists(${key})`,
  };
  return retryDynamo(() => isConditionMet(client.send(new PutItemCommand(request))));
}
