import { z } from 'zod';
import { readArchiveObject, toArchiveObject } from './archive-object.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import type { ArchiveObject, Manifest } from './manifest.ts';

/** So many aggregates are in one object of the index. */
const AGGREGATES = 20_000;

const entrySchema = z.object({
  aggregateId: z.string(),
  /** Which of the manifest's objects hold its events, each with the first and last of them, in order. */
  parts: z.array(z.tuple([z.number().int(), z.number().int(), z.number().int()])).nonempty(),
});

/** Where a run has one aggregate's events. */
export type IndexEntry = z.infer<typeof entrySchema>;

/** A line of an object of the index. Throws for one that is none. */
export function parseIndexEntry(line: string): IndexEntry {
  return entrySchema.parse(JSON.parse(line));
}

/** The events that an entry is about: the first and the last sequence. */
export function toRange({ parts }: IndexEntry): { readonly from: number; readonly to: number } {
  return {
    from: Math.min(...parts.map(([, from]) => from)),
    to: Math.max(...parts.map(([, , to]) => to)),
  };
}

/** The index of a run, as objects: aggregates in the order of their ids. */
export async function toIndexObjects(
  parts: ReadonlyMap<string, IndexEntry['parts']>,
): Promise<Awaited<ReturnType<typeof toArchiveObject>>[]> {
  const ids = [...parts.keys()].sort();
  const objects: Awaited<ReturnType<typeof toArchiveObject>>[] = [];
  for (let start = 0; start < ids.length; start += AGGREGATES) {
    const chunk = ids.slice(start, start + AGGREGATES);
    const lines = chunk.map((aggregateId) =>
      JSON.stringify({ aggregateId, parts: parts.get(aggregateId) }),
    );
    const [first = '', last = ''] = [chunk[0], chunk.at(-1)];
    objects.push(await toArchiveObject({ kind: 'index', first, last }, lines));
  }
  return objects;
}

/** Everything that a run has archived, by aggregate. Throws what `readArchiveObject` throws. */
export async function* readIndex(
  storage: ArchiveStorage,
  { objects }: Pick<Manifest, 'objects'>,
): AsyncGenerator<IndexEntry> {
  for (const object of objects.filter(isIndex)) {
    for (const line of await readArchiveObject(storage, object)) {
      yield parseIndexEntry(line);
    }
  }
}

/** Up to which event each aggregate is archived by these runs; absent where nothing is. */
export async function readArchivedUpTo(
  storage: ArchiveStorage,
  manifests: readonly Manifest[],
): Promise<Map<string, number>> {
  const archived = new Map<string, number>();
  for (const manifest of manifests) {
    for await (const entry of readIndex(storage, manifest)) {
      const { to } = toRange(entry);
      archived.set(entry.aggregateId, Math.max(to, archived.get(entry.aggregateId) ?? 0));
    }
  }
  return archived;
}

function isIndex({ kind }: ArchiveObject): boolean {
  return kind === 'index';
}
