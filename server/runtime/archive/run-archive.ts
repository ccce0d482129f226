import { PlayheadError } from '#lib/playhead-error.ts';
import { type Aggregates, aggregateOf } from '#server/runtime/event-store/aggregate.ts';
import { commandRecordSchema } from '#server/runtime/event-store/command-record.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { type IndexEntry, readArchivedUpTo, toIndexObjects } from './archive-index.ts';
import { toArchiveObject } from './archive-object.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import { type ScannedEvent, toKeyText, toScannedEvent } from './event-line.ts';
import { toItemLine } from './item-line.ts';
import { listManifests, type Manifest, putManifest } from './manifest.ts';
import { toPlainItem } from './plain-item.ts';
import { createRangePlanner, type Range, type RangePlan } from './plan-ranges.ts';
import { scanItems } from './scan-items.ts';
import { createDaySpill, type DaySpill } from './spill-days.ts';

/** So many lines are in one object: reading one event back reads one of them. */
const LINES = 5_000;

type Objects = Awaited<ReturnType<typeof toArchiveObject>>[];

export type ArchiveDeps = {
  readonly dynamo: Dynamo;
  readonly aggregates: Aggregates;
  readonly storage: ArchiveStorage;
  readonly now: () => Date;
};

/** What a run archived, or with a dry run would archive. */
export type ArchiveRun = Omit<Manifest, 'format' | 'startedAt' | 'finishedAt'> & {
  /** The manifest's key; null where there was nothing to archive, and after a dry run. */
  readonly manifest: string | null;
  /** Items that are old enough and stay: no events, or behind what is missing or no event. */
  readonly left: number;
  /** Of the events table's items, as the lines that they would be. */
  readonly storeBytes: number;
};

/**
 * Copies to the archive what is not in it: events before a day (UTC), of closed aggregates all, and the
 * command records that these still have. Nothing is changed in the store. It reads the events table
 * twice; memory grows with the number of aggregates, and a day's events are in memory at once.
 *
 * A run that is cut off has archived nothing, for its manifest comes last; begun again it makes the same
 * objects, and those that are there are not written again. Throws what DynamoDB and the storage throw.
 */
export async function runArchive(
  { dynamo, aggregates, storage, now }: ArchiveDeps,
  options: { readonly before: string; readonly isDryRun?: boolean; readonly signal?: AbortSignal },
): Promise<ArchiveRun> {
  const startedAt = now().toISOString();
  const { before, signal } = options;
  const runs = await listManifests(storage);
  const archived = await readArchivedUpTo(storage, runs);
  const isFinal = (aggregateId: string, eventType: string) =>
    aggregateOf(aggregates, aggregateId)?.finalEvents?.includes(eventType) ?? false;
  const planner = createRangePlanner({ before: `${before}T00:00:00.000Z`, archived, isFinal });
  let storeBytes = 0;
  for await (const items of scanItems(dynamo, dynamo.tables.events, signal)) {
    for (const item of items) {
      planner.add(toScannedEvent(item));
      storeBytes += Buffer.byteLength(toItemLine(item));
    }
  }
  const plan = planner.finish();
  const counted = await makeObjects(dynamo, plan, async (body, key) => {
    signal?.throwIfAborted();
    if (!options.isDryRun) {
      await storage.put(key, body);
    }
  });
  const facts = { before, aggregates: plan.ranges.size, closed: plan.closed, ...counted };
  const isEmpty = plan.ranges.size === 0 || options.isDryRun === true;
  if (!isEmpty && (await listManifests(storage)).length !== runs.length) {
    const sentence = 'Another run ended in this archive meanwhile: run it again.';
    throw new PlayheadError('ARCHIVE_REFUSED', sentence);
  }
  const manifest = isEmpty
    ? null
    : await putManifest(storage, {
        format: 1,
        startedAt,
        finishedAt: now().toISOString(),
        ...facts,
      });
  return { ...facts, manifest, left: plan.left, storeBytes };
}

/** The run's objects one after the other, each put when it is made. */
async function makeObjects(
  dynamo: Dynamo,
  { ranges }: RangePlan,
  put: (body: Uint8Array, key: string) => Promise<void>,
) {
  const objects: Manifest['objects'] = [];
  const parts = new Map<string, IndexEntry['parts']>();
  const totals = { events: 0, commands: 0, uncompressedBytes: 0 };
  const add = async ({ object, body }: Objects[number]) => {
    objects.push(object);
    await put(body, object.key);
  };
  const measure = (lines: readonly string[]) => {
    totals.uncompressedBytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  };

  const spill = await createDaySpill();
  try {
    await spillEvents(dynamo, ranges, spill);
    for (const day of spill.days()) {
      for (const chunk of chunksOf(await spill.read(day))) {
        const lines = chunk.map(({ line }) => line);
        const [first, last] = [chunk[0], chunk.at(-1)];
        if (first !== undefined && last !== undefined) {
          for (const { aggregateId, eventSequence } of chunk) {
            addPart(parts, aggregateId, objects.length, eventSequence);
          }
          const ends = { first: toKeyText(first), last: toKeyText(last) };
          await add(await toArchiveObject({ kind: 'events', day, ...ends }, lines));
          totals.events += lines.length;
          measure(lines);
        }
      }
    }
  } finally {
    await spill.close();
  }
  for (const chunk of chunksOf(await readCommands(dynamo, ranges))) {
    const lines = chunk.map(({ line }) => line);
    const [first = '', last = ''] = [chunk[0]?.commandId, chunk.at(-1)?.commandId];
    await add(await toArchiveObject({ kind: 'commands', first, last }, lines));
    totals.commands += lines.length;
    measure(lines);
  }
  for (const object of await toIndexObjects(parts)) {
    await add(object);
  }
  return { ...totals, objects };
}

async function spillEvents(
  dynamo: Dynamo,
  ranges: ReadonlyMap<string, Range>,
  spill: DaySpill,
): Promise<void> {
  for await (const items of scanItems(dynamo, dynamo.tables.events)) {
    const wanted = items.flatMap((item) => {
      const event = toScannedEvent(item);
      return event !== undefined && isIn(ranges, event)
        ? [{ day: event.timestamp.slice(0, 10), line: toItemLine(item) }]
        : [];
    });
    await spill.add(wanted);
  }
}

function isIn(
  ranges: ReadonlyMap<string, Range>,
  { aggregateId, eventSequence }: Pick<ScannedEvent, 'aggregateId' | 'eventSequence'>,
): boolean {
  const range = ranges.get(aggregateId);
  return range !== undefined && eventSequence >= range.from && eventSequence <= range.to;
}

/** The records of the commands that brought these events, as far as they have not expired, by their ids. */
async function readCommands(dynamo: Dynamo, ranges: ReadonlyMap<string, Range>) {
  const found: { readonly commandId: string; readonly line: string }[] = [];
  if (ranges.size === 0) {
    return found;
  }
  for await (const items of scanItems(dynamo, dynamo.tables.commands)) {
    for (const item of items) {
      const record = commandRecordSchema.safeParse(toPlainItem(item));
      const isWanted = record.data?.tokens.some(({ aggregateId, sequence }) =>
        isIn(ranges, { aggregateId, eventSequence: sequence }),
      );
      if (record.success && isWanted) {
        found.push({ commandId: record.data.commandId, line: toItemLine(item) });
      }
    }
  }
  return found.sort((a, b) => (a.commandId < b.commandId ? -1 : 1));
}

function addPart(
  parts: Map<string, IndexEntry['parts']>,
  aggregateId: string,
  object: number,
  sequence: number,
): void {
  const known = parts.get(aggregateId);
  const newest = known?.at(-1);
  if (known === undefined) {
    parts.set(aggregateId, [[object, sequence, sequence]]);
  } else if (newest?.[0] === object) {
    newest[2] = sequence;
  } else {
    known.push([object, sequence, sequence]);
  }
}

function* chunksOf<Line>(lines: readonly Line[]): Generator<readonly Line[]> {
  for (let start = 0; start < lines.length; start += LINES) {
    yield lines.slice(start, start + LINES);
  }
}
