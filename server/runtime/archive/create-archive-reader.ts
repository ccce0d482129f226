import { LRUCache } from 'lru-cache';
import type { ReadArchive } from '#server/runtime/event-store/archived-events.ts';
import { type IndexEntry, parseIndexEntry } from './archive-index.ts';
import { readArchiveObject } from './archive-object.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import { compareKeys, type EventKey, parseEventKey } from './event-line.ts';
import { parseItemLine } from './item-line.ts';
import { type ArchiveObject, getManifest, type KeptManifest } from './manifest.ts';
import { toPlainItem } from './plain-item.ts';

/** So many bytes of objects are kept, decompressed, for who goes on reading in them. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** Reads the archive that lies in `storage`, for the event store. */
export function createArchiveReader(storage: ArchiveStorage): ReadArchive {
  const manifests = new Map<string, Promise<KeptManifest>>();
  const objects = new LRUCache<string, readonly string[]>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (lines) => lines.reduce((sum, line) => sum + line.length, 1),
  });

  async function readLines(object: ArchiveObject) {
    const known = objects.get(object.key);
    const lines = known ?? (await readArchiveObject(storage, object));
    objects.set(object.key, lines);
    return lines;
  }

  function readManifest(key: string): Promise<KeptManifest> {
    const known = manifests.get(key) ?? getManifest(storage, key);
    manifests.set(key, known);
    // A failure is not kept.
    known.catch(() => manifests.delete(key));
    return known;
  }

  async function findEntry(
    manifest: KeptManifest,
    aggregateId: string,
  ): Promise<IndexEntry | undefined> {
    const object = manifest.objects.find(
      ({ kind, first, last }) => kind === 'index' && first <= aggregateId && aggregateId <= last,
    );
    if (object === undefined) {
      return undefined;
    }
    const lines = await readLines(object);
    const place = findPlace(lines, (line) => parseIndexEntry(line).aggregateId < aggregateId);
    const line = lines[place];
    const entry = line === undefined ? undefined : parseIndexEntry(line);
    return entry?.aggregateId === aggregateId ? entry : undefined;
  }

  return async (keys, aggregateId, { from, to }) => {
    const items: Record<string, unknown>[] = [];
    for (const key of keys) {
      const manifest = await readManifest(key);
      const entry = await findEntry(manifest, aggregateId);
      for (const [index, first, last] of entry?.parts ?? []) {
        const object = manifest.objects[index];
        if (object !== undefined && first <= to && last >= from) {
          const start = { aggregateId, eventSequence: Math.max(first, from) };
          items.push(...takeItems(await readLines(object), start, Math.min(last, to)));
        }
      }
    }
    return items;
  };
}

function takeItems(lines: readonly string[], start: EventKey, to: number) {
  const place = findPlace(lines, (line) => compareKeys(parseEventKey(line), start) < 0);
  const count = to - start.eventSequence + 1;
  return lines.slice(place, place + count).map((line) => toPlainItem(parseItemLine(line)));
}

/** The first of some sorted lines that is not before what is looked for. */
function findPlace(lines: readonly string[], isBefore: (line: string) => boolean): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(lines[middle] ?? '')) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
