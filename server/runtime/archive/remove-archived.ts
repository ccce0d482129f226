import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { groupBy } from '#lib/group-by.ts';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import {
  type ArchivedAggregate,
  listArchivedAggregates,
  putArchivedAggregate,
} from '#server/runtime/event-store/archived-aggregates.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { forEachConcurrently } from '#server/runtime/platform/for-each-concurrently.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { readIndex, toRange } from './archive-index.ts';
import { type ArchivedLine, inDayOrder, readEventLines } from './check-objects.ts';
import { toKeyText } from './event-line.ts';
import { toTypedKey } from './get-items.ts';
import { parseItemLine } from './item-line.ts';
import { type KeptManifest, listManifests } from './manifest.ts';
import type { ArchiveDeps } from './run-archive.ts';
import { requireVerification } from './verification.ts';

const AT_ONCE = 16;

/** A command that began before a run ends within this time: none writes behind a removed event. */
const COMMAND_MS = 5 * 60_000;

/** What a removal came to. */
export type ArchiveRemoval = {
  /** Aggregates of which events were removed. */
  readonly aggregates: number;
  readonly removed: number;
  /** Aggregates that stay whole, because this program cannot fold them. */
  readonly kept: number;
};

type RemovalDeps = Pick<ArchiveDeps, 'dynamo' | 'storage' | 'now'> & {
  readonly store: EventStore;
  readonly db: Db;
};

/**
 * Takes archived events out of the events table. Of each aggregate its newest event stays, for the
 * sequence goes on behind it, and a snapshot is written of the state after the last one that goes; before
 * that one goes, the archive answers for it. An event goes only when it has the id that the archive has.
 *
 * Throws ARCHIVE_REFUSED, and removes nothing, unless the archive was verified within the hour and its
 * newest run began five minutes ago. Cut off, it can be called again.
 */
export async function removeArchived(
  deps: RemovalDeps,
  operator: Operator,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ArchiveRemoval> {
  const { dynamo, storage, db } = deps;
  const manifests = await listManifests(storage);
  await requireVerification(dynamo, storage.location, manifests, deps.now());
  requireQuiet(manifests, deps.now());
  await recordOperatorAction(db, operator, 'archive-remove', 'events', { outcome: 'started' });
  const known = await listArchivedAggregates(dynamo);
  const { leaving, kept } = await letArchiveAnswer(deps, manifests, known, signal);
  let removed = 0;
  for (const { object } of inDayOrder(manifests)) {
    const isConcerned = object.kind === 'events' && leaving.size > 0;
    const lines = isConcerned ? await readEventLines(storage, object) : [];
    const going = lines.filter(({ key }) => {
      const aggregate = leaving.get(key.aggregateId);
      return (
        aggregate !== undefined &&
        key.eventSequence > aggregate.removedTo &&
        key.eventSequence <= aggregate.upTo
      );
    });
    await forEachConcurrently(
      groupBy(going, ({ key }) => key.aggregateId).values(),
      AT_ONCE,
      async (events) => {
        for (const event of events) {
          signal?.throwIfAborted();
          const isRemoved = await removeEvent(deps, event);
          removed += isRemoved ? 1 : 0;
        }
      },
    );
  }
  await forEachConcurrently(leaving.values(), AT_ONCE, (aggregate) =>
    putArchivedAggregate(dynamo, { ...aggregate, removedTo: aggregate.upTo }),
  );
  const effect = { aggregates: leaving.size, removed, kept };
  await recordOperatorAction(db, operator, 'archive-remove', 'events', {
    outcome: 'done',
    ...effect,
  });
  return effect;
}

function requireQuiet(manifests: readonly KeptManifest[], now: Date): void {
  const newest = Math.max(0, ...manifests.map(({ startedAt }) => Date.parse(startedAt)));
  const from = new Date(newest + COMMAND_MS);
  if (now < from) {
    const sentence =
      'The newest run is too young: a command that began before it may still be under way. Events can ' +
      `be removed from ${from.toISOString()} on.`;
    throw new PlayheadError('ARCHIVE_REFUSED', sentence);
  }
}

/** Writes snapshots, and lets the archive answer, for every aggregate of which events are to go. */
async function letArchiveAnswer(
  { dynamo, storage, store }: RemovalDeps,
  manifests: readonly KeptManifest[],
  known: ReadonlyMap<string, ArchivedAggregate>,
  signal: AbortSignal | undefined,
) {
  const archived = await readPlaces(storage, manifests);
  const leaving = new Map<string, ArchivedAggregate>();
  let kept = 0;
  await forEachConcurrently(archived, AT_ONCE, async ([aggregateId, place]) => {
    signal?.throwIfAborted();
    const before = known.get(aggregateId);
    const newest = await store.getNewestSequence(aggregateId);
    const upTo = Math.min(place.upTo, newest - 1);
    const removedTo = before?.removedTo ?? 0;
    if (upTo <= removedTo) {
      return;
    }
    if (!(await saveSnapshot(store, aggregateId, upTo))) {
      kept += 1;
      return;
    }
    const aggregate = { aggregateId, upTo, removedTo, manifests: place.manifests };
    await putArchivedAggregate(dynamo, aggregate);
    leaving.set(aggregateId, aggregate);
  });
  return { leaving, kept };
}

/** Of every archived aggregate its last archived event, and the runs that have events of it. */
async function readPlaces(storage: RemovalDeps['storage'], manifests: readonly KeptManifest[]) {
  const places = new Map<string, { readonly upTo: number; readonly manifests: string[] }>();
  for (const manifest of manifests) {
    for await (const entry of readIndex(storage, manifest)) {
      const earlier = places.get(entry.aggregateId)?.manifests ?? [];
      const { to } = toRange(entry);
      places.set(entry.aggregateId, { upTo: to, manifests: [...earlier, manifest.key] });
    }
  }
  return places;
}

/** Whether the state after an event could be kept: not where this program cannot fold the events. */
async function saveSnapshot(store: EventStore, aggregateId: string, at: number): Promise<boolean> {
  try {
    const loaded = await store.loadAt(aggregateId, at);
    if (loaded.version !== at) {
      return false;
    }
    await store.saveSnapshots(aggregateId, [loaded]);
    return true;
  } catch (error) {
    if (
      isPlayheadError(error, 'EVENT_UNREADABLE') ||
      isPlayheadError(error, 'AGGREGATE_TYPE_UNKNOWN')
    ) {
      return false;
    }
    throw error;
  }
}

/** Whether it was there. Throws ARCHIVE_DAMAGED for another one than the archive has. */
async function removeEvent(
  { dynamo: { client, tables } }: RemovalDeps,
  { key, line }: ArchivedLine,
): Promise<boolean> {
  const { eventId } = parseItemLine(line);
  let isRemoved = false;
  const isSame =
    eventId !== undefined &&
    (await retryDynamo(() =>
      isConditionMet(
        client
          .send(
            new DeleteItemCommand({
              TableName: tables.events,
              Key: toTypedKey(key),
              ConditionExpression: 'attribute_not_exists(aggregateId) OR eventId = :eventId',
              ExpressionAttributeValues: { ':eventId': eventId },
              ReturnValues: 'ALL_OLD',
            }),
          )
          .then(({ Attributes }) => {
            isRemoved = Attributes?.eventId !== undefined;
          }),
      ),
    ));
  if (!isSame) {
    const sentence = `The events table has another event ${toKeyText(key)} than the archive. It was left there.`;
    throw new PlayheadError('ARCHIVE_DAMAGED', sentence);
  }
  return isRemoved;
}
