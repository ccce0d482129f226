import { isPlayheadError } from '#lib/playhead-error.ts';
import { readIndex } from './archive-index.ts';
import { readArchiveObject } from './archive-object.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import { compareKeys, type EventKey, parseEventKey, toKeyText } from './event-line.ts';
import { parseItemLine, toItemLine } from './item-line.ts';
import { type ArchiveObject, type KeptManifest, listManifests } from './manifest.ts';

/** Something in the archive that is not as it must be. */
export type ArchiveProblem = { readonly object: string; readonly problem: string };

/** An event of the archive: its key, and its item as a line. */
export type ArchivedLine = { readonly key: EventKey; readonly line: string };

type Checks = {
  readonly report: (problem: ArchiveProblem) => void;
  /** Gets the events of each sound object, the days from old to new. */
  readonly onEvents?: (object: ArchiveObject, lines: readonly ArchivedLine[]) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Reads every object of the archive back: whether it has the bytes, the count, the first and the last
 * key of its manifest, every index is what its run's events are, and each aggregate's events of all
 * runs are 1, 2, 3 … without a gap. Answers the manifests. Throws ARCHIVE_UNAVAILABLE.
 */
export async function checkObjects(
  storage: ArchiveStorage,
  { report, onEvents, signal }: Checks,
): Promise<KeptManifest[]> {
  const manifests = await readManifests(storage, report);
  /** Up to which event each aggregate's are there without a gap. */
  const upTo = new Map<string, number>();
  const counts = new Map<string, number>();
  const inIndex = new Map<string, number>();
  let isAllRead = true;
  for (const { manifest, object } of inDayOrder(manifests)) {
    signal?.throwIfAborted();
    const lines = await tryToRead(storage, object, report);
    isAllRead &&= lines !== undefined;
    if (lines !== undefined && object.kind === 'events') {
      for (const { key } of lines) {
        const before = upTo.get(key.aggregateId) ?? 0;
        if (key.eventSequence !== before + 1) {
          const problem = `has ${toKeyText(key)} behind event ${before} of that aggregate`;
          report({ object: object.key, problem });
        }
        upTo.set(key.aggregateId, key.eventSequence);
        counts.set(key.aggregateId, (counts.get(key.aggregateId) ?? 0) + 1);
      }
      await onEvents?.(object, lines);
    }
    if (lines !== undefined && object.kind === 'index') {
      await tryEach(manifest.key, report, async () => {
        for await (const { aggregateId, parts } of readIndex(storage, { objects: [object] })) {
          const count = parts.reduce((sum, [, from, to]) => sum + to - from + 1, 0);
          inIndex.set(aggregateId, (inIndex.get(aggregateId) ?? 0) + count);
        }
      });
    }
  }
  // What could not be read is reported already, and would be missing here once more.
  for (const aggregateId of isAllRead ? new Set([...counts.keys(), ...inIndex.keys()]) : []) {
    const [count = 0, indexed = 0] = [counts.get(aggregateId), inIndex.get(aggregateId)];
    if (count !== indexed) {
      const problem = `has ${indexed} events of ${aggregateId}, of which the archive has ${count}`;
      report({ object: 'index', problem });
    }
  }
  return manifests;
}

/** Every object, those of events by day, and those of one day in the order of their runs. */
export function inDayOrder(manifests: readonly KeptManifest[]) {
  return manifests
    .flatMap((manifest) => manifest.objects.map((object) => ({ manifest, object })))
    .sort((a, b) => compareTexts(a.object.day ?? '~', b.object.day ?? '~'));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The events of an object. Throws as `readArchiveObject`. */
export async function readEventLines(
  storage: ArchiveStorage,
  object: ArchiveObject,
): Promise<ArchivedLine[]> {
  const lines = await readArchiveObject(storage, object);
  return lines.map((line) => ({ key: parseEventKey(line), line }));
}

async function readManifests(storage: ArchiveStorage, report: Checks['report']) {
  try {
    return await listManifests(storage);
  } catch (error) {
    if (!isPlayheadError(error, 'ARCHIVE_DAMAGED')) {
      throw error;
    }
    report({ object: 'manifests', problem: error.message });
    return [];
  }
}

async function tryToRead(
  storage: ArchiveStorage,
  object: ArchiveObject,
  report: Checks['report'],
): Promise<ArchivedLine[] | undefined> {
  let found: ArchivedLine[] | undefined;
  await tryEach(object.key, report, async () => {
    if (object.kind !== 'events') {
      await readArchiveObject(storage, object);
      found = [];
      return;
    }
    const lines = await readEventLines(storage, object);
    const keys = lines.map(({ key }) => key);
    const [first, last] = [keys[0], keys.at(-1)];
    const ends = [first && toKeyText(first), last && toKeyText(last)];
    if (ends[0] !== object.first || ends[1] !== object.last) {
      report({ object: object.key, problem: `is from ${ends.join(' to ')}` });
    }
    const isSorted = keys.every((key, index) => {
      const before = keys[index - 1];
      return before === undefined || compareKeys(before, key) < 0;
    });
    if (!isSorted) {
      report({ object: object.key, problem: 'is not in order' });
    }
    const odd = lines.find(({ line }) => toItemLine(parseItemLine(line)) !== line);
    if (odd !== undefined) {
      report({ object: object.key, problem: `has ${toKeyText(odd.key)} in another form` });
    }
    found = lines;
  });
  return found;
}

/** What is wrong with an object is reported; that the archive cannot be reached is thrown. */
async function tryEach(
  object: string,
  report: Checks['report'],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isPlayheadError(error, 'ARCHIVE_UNAVAILABLE')) {
      throw error;
    }
    report({ object, problem: error instanceof Error ? error.message : String(error) });
  }
}
