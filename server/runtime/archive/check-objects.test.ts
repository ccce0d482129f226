import { describe, expect, it } from 'vitest';
import { createArchiveInMemory } from '#server/testing/archive-in-memory.ts';
import { readArchivedUpTo, toIndexObjects } from './archive-index.ts';
import { toArchiveObject } from './archive-object.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import { type ArchiveProblem, checkObjects } from './check-objects.ts';
import { createArchiveReader } from './create-archive-reader.ts';
import { toKeyText } from './event-line.ts';
import { toItemLine } from './item-line.ts';
import { listManifests, type Manifest, putManifest } from './manifest.ts';

type Key = readonly [aggregateId: string, eventSequence: number];

const lineOf = ([aggregateId, eventSequence]: Key) =>
  toItemLine({ aggregateId: { S: aggregateId }, eventSequence: { N: `${eventSequence}` } });

/** A run that has archived these events of one day; `indexed` are those that its index knows. */
async function archive(
  storage: ArchiveStorage,
  startedAt: string,
  day: string,
  keys: readonly Key[],
  indexed = keys,
): Promise<string> {
  const texts = keys.map(([aggregateId, eventSequence]) =>
    toKeyText({ aggregateId, eventSequence }),
  );
  const ends = { first: texts[0] ?? '', last: texts.at(-1) ?? '' };
  const made = await toArchiveObject({ kind: 'events', day, ...ends }, keys.map(lineOf));
  const parts = new Map<string, [[number, number, number]]>();
  for (const [aggregateId, sequence] of indexed) {
    parts.set(aggregateId, [[0, parts.get(aggregateId)?.[0][1] ?? sequence, sequence]]);
  }
  const all = [made, ...(await toIndexObjects(parts))];
  for (const { object, body } of all) {
    await storage.put(object.key, body);
  }
  const manifest: Manifest = {
    format: 1,
    startedAt,
    finishedAt: startedAt,
    before: '2026-02-01',
    aggregates: parts.size,
    closed: 0,
    events: keys.length,
    commands: 0,
    uncompressedBytes: 1,
    objects: all.map(({ object }) => object),
  };
  return putManifest(storage, manifest);
}

async function problemsOf(storage: ArchiveStorage): Promise<ArchiveProblem[]> {
  const problems: ArchiveProblem[] = [];
  await checkObjects(storage, { report: (problem) => problems.push(problem) });
  return problems;
}

const FIRST = ['2026-02-01T00:00:00.000Z', '2026-01-01'] as const;
const SECOND = ['2026-03-01T00:00:00.000Z', '2026-02-01'] as const;
const A1: Key = ['a#A', 1];
const A2: Key = ['a#A', 2];
const B1: Key = ['a#B', 1];

describe('an archive of two runs', () => {
  it('is whole, says up to where it goes, and hands out events of both', async () => {
    const storage = createArchiveInMemory();
    const manifests = [
      await archive(storage, ...FIRST, [A1, B1]),
      await archive(storage, ...SECOND, [A2, ['a#A', 3]]),
    ];
    expect(await problemsOf(storage)).toEqual([]);
    const upTo = await readArchivedUpTo(storage, await listManifests(storage));
    expect(Object.fromEntries(upTo)).toEqual({ 'a#A': 3, 'a#B': 1 });

    const read = createArchiveReader(storage);
    const sequences = async (aggregateId: string, from: number, to: number) =>
      (await read(manifests, aggregateId, { from, to })).map(({ eventSequence }) => eventSequence);
    expect(await sequences('a#A', 1, 3)).toEqual([1, 2, 3]);
    expect(await sequences('a#A', 2, 2)).toEqual([2]);
    expect(await sequences('a#B', 1, 9)).toEqual([1]);
    expect(await sequences('a#AB', 1, 9)).toEqual([]);
  });

  it('is not whole with a gap between them, nor with the same event twice', async () => {
    for (const sequence of [1, 3]) {
      const storage = createArchiveInMemory();
      await archive(storage, ...FIRST, [A1, B1]);
      await archive(storage, ...SECOND, [['a#A', sequence]]);
      expect(await problemsOf(storage)).toMatchObject([
        { problem: `has a#A/${sequence} behind event 1 of that aggregate` },
      ]);
    }
  });

  it('is not whole when an index knows fewer events', async () => {
    const storage = createArchiveInMemory();
    await archive(storage, ...FIRST, [A1, A2], [A1]);
    expect(await problemsOf(storage)).toMatchObject([{ object: 'index' }]);
  });

  it('is not whole without one of its objects', async () => {
    const storage = createArchiveInMemory();
    await archive(storage, ...FIRST, [A1]);
    const [key = ''] = await storage.list('events/');
    storage.objects.delete(key);
    expect(await problemsOf(storage)).toMatchObject([{ object: key }]);
  });

  it('is not whole with a manifest that was altered, and reads nothing by it', async () => {
    const storage = createArchiveInMemory();
    const key = await archive(storage, ...FIRST, [A1]);
    const text = Buffer.from(storage.objects.get(key) ?? []).toString();
    storage.objects.set(key, Buffer.from(text.replace('"events": 1', '"events": 2')));
    expect(await problemsOf(storage)).toMatchObject([{ object: 'manifests' }]);
    const read = createArchiveReader(storage);
    await expect(read([key], 'a#A', { from: 1, to: 1 })).rejects.toMatchObject({
      code: 'ARCHIVE_DAMAGED',
    });
  });
});

it('makes the same object of the same lines', async () => {
  const facts = { kind: 'events', day: '2026-01-01', first: 'a#A/1', last: 'a#A/2' } as const;
  const [one, other] = [await toArchiveObject(facts, ['x']), await toArchiveObject(facts, ['x'])];
  expect(one).toEqual(other);
  expect((await toArchiveObject(facts, ['y'])).object.key).not.toBe(one.object.key);
});
