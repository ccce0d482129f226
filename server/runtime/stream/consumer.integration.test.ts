import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createStreamsDouble, type StreamsDouble } from '#server/testing/streams-double.ts';
import { CATCH_UP, SHARD_END } from './checkpoint.ts';
import { type Consumer, createConsumer } from './consumer.ts';
import { createLease, listLeases } from './lease-table.ts';

const itemSchema = z.object({ key: z.string(), n: z.number(), timestamp: z.string() });
type Item = z.infer<typeof itemSchema>;

const dynamo = await createTestDynamo();
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running = new Set<Consumer>();
const gates = new Set<() => void>();

afterEach(async () => {
  // A consumer stops after the batch in hand: one that is held back by a failed test must go on.
  for (const open of gates) {
    open();
  }
  gates.clear();
  await Promise.all([...running].map((consumer) => consumer.stop()));
  running.clear();
  for (const { consumer, shardId } of await listLeases(dynamo, 'journal')) {
    const Key = { consumer, shardId };
    await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.leases, Key }));
  }
});
afterAll(() => dynamo.close());

const item = (key: string, n: number): Item => ({
  key,
  n,
  timestamp: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
});

/** What one receiver was given; several workers may share it, as they share a read model. */
function createSink() {
  const delivered: Item[] = [];
  let gate: Promise<void> = Promise.resolve();
  return {
    delivered,
    ofKey: (key: string) => delivered.filter((each) => each.key === key).map(({ n }) => n),
    distinct: () => new Set(delivered.map(({ key, n }) => `${key}/${n}`)).size,
    /** Holds deliveries back until the answer is called. */
    hold: () => {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      gates.add(open);
      return open;
    },
    deliver: async (events: readonly Item[]) => {
      await gate;
      delivered.push(...events);
    },
  };
}

type Sink = ReturnType<typeof createSink>;

function start(
  streams: StreamsDouble,
  sink: Pick<Sink, 'deliver'>,
  given: {
    workerId?: string;
    dynamo?: Dynamo;
    parse?: (image: unknown) => Item;
    readAll?: () => AsyncIterable<readonly Item[]>;
  } = {},
): Consumer {
  const consumer = createConsumer<Item>({
    dynamo: given.dynamo ?? dynamo,
    name: 'journal',
    workerId: given.workerId ?? 'worker-1',
    receiver: {
      parse: given.parse ?? ((image) => itemSchema.parse(image)),
      deliver: sink.deliver,
      readAll: given.readAll ?? nothing,
    },
    logger,
    pollIntervalMs: 5,
    leaseSettings: { leaseMs: 500, renewMs: 50, checkpointMs: 10, listShardsMs: 60_000 },
    streams: { api: streams.api, getArn: async () => 'arn' },
  });
  running.add(consumer);
  return consumer;
}

async function* nothing(): AsyncGenerator<readonly Item[]> {}

const leaseOf = async (shardId: string) =>
  (await listLeases(dynamo, 'journal')).find((lease) => lease.shardId === shardId);

/** A connection that can be cut, as for a worker that was killed or lost the network. */
function createCuttable() {
  let isCut = false;
  const documents = new Proxy(dynamo.documents, {
    get: (target, property) =>
      isCut && property === 'send'
        ? () => Promise.reject(new Error('cut off'))
        : Reflect.get(target, property),
  });
  return {
    dynamo: { ...dynamo, documents },
    cut: (value: boolean) => {
      isCut = value;
    },
  };
}

it('delivers every record in order, says that it is caught up, and resumes where it stopped', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  for (let n = 1; n <= 2_500; n += 1) {
    streams.write('a', item('x', n));
  }
  const sink = createSink();
  const consumer = start(streams, sink);
  await vi.waitFor(() => expect(consumer.status()[0]?.caughtUp).toBe(true));
  expect(sink.ofKey('x')).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  expect(consumer.status()).toMatchObject([
    { name: 'journal', shardId: 'a', lastEventAt: item('x', 2_500).timestamp, error: null },
  ]);
  await consumer.stop();
  expect(await leaseOf('a')).toMatchObject({ owner: null });

  streams.write('a', item('x', 2_501));
  const startedAt = performance.now();
  start(streams, sink, { workerId: 'worker-2' });
  await vi.waitFor(() => expect(sink.ofKey('x').at(-1)).toBe(2_501));
  expect(sink.delivered).toHaveLength(2_501);
  // A lease that was given back is not waited for.
  expect(performance.now() - startedAt).toBeLessThan(400);
});

it('begins with the event store, which holds more than the stream', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.write('a', item('x', 3));
  const sink = createSink();
  start(streams, sink, {
    readAll: async function* () {
      yield [item('x', 1), item('x', 2)];
      yield [item('x', 3)];
    },
  });
  await vi.waitFor(() => expect(sink.ofKey('x')).toEqual([1, 2, 3, 3]));
});

it('starts children only after the end of their parent, and then at once', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  const sink = createSink();
  const open = sink.hold();
  const first = start(streams, sink, { workerId: 'worker-1' });
  const second = start(streams, sink, { workerId: 'worker-2' });
  for (let n = 1; n <= 20; n += 1) {
    streams.write('a', item(n % 2 === 0 ? 'even' : 'odd', n));
  }
  streams.split('a', ['b', 'c']);
  streams.split('b', ['d']);
  streams.write('c', item('odd', 21));
  streams.write('d', item('even', 22));
  const statuses = () => [...first.status(), ...second.status()].map(({ shardId }) => shardId);
  // Both workers look around for a while: the parent is being delivered, so no child is read.
  const looks = streams.requests.getRecords;
  await vi.waitFor(() => expect(streams.requests.getRecords).toBeGreaterThan(looks));
  const before = (await leaseOf('a'))?.counter ?? 0;
  await vi.waitFor(async () => expect((await leaseOf('a'))?.counter).toBeGreaterThan(before + 4));
  expect(statuses()).toEqual(['a']);

  const startedAt = performance.now();
  open();
  // A lease that a loaded machine loses for a moment brings a record twice: the order is of the first.
  const firsts = (key: string) => [...new Set(sink.ofKey(key))];
  await vi.waitFor(() => expect([...firsts('even'), ...firsts('odd')]).toHaveLength(22));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(firsts('even')).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  expect(firsts('odd').at(-1)).toBe(21);
  await vi.waitFor(async () => expect((await leaseOf('b'))?.checkpoint).toBe(SHARD_END));
  expect(await leaseOf('a')).toMatchObject({ checkpoint: SHARD_END, owner: null });
});

it('removes the lease of a finished shard that the stream has forgotten', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.split('a', ['b']);
  const sink = createSink();
  const consumer = start(streams, sink);
  await vi.waitFor(async () => expect((await leaseOf('a'))?.checkpoint).toBe(SHARD_END));
  streams.forget('a');
  await vi.waitFor(async () => expect(await leaseOf('a')).toBeUndefined());
  streams.write('b', item('x', 1));
  await vi.waitFor(() => expect(sink.delivered).toHaveLength(1));
  expect(consumer.status()).toHaveLength(1);
});

it('lets a worker that lost its lease write nothing', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.write('a', item('x', 1));
  const sink = createSink();
  const cuttable = createCuttable();
  const late = start(streams, sink, { workerId: 'late', dynamo: cuttable.dynamo });
  await vi.waitFor(() => expect(late.status()[0]?.caughtUp).toBe(true));
  await vi.waitFor(async () => expect((await leaseOf('a'))?.owner).toBe('late'));
  cuttable.cut(true);

  const next = start(streams, sink, { workerId: 'next' });
  await vi.waitFor(() => expect(next.status()[0]?.caughtUp).toBe(true), { timeout: 5_000 });
  const last = streams.write('a', item('x', 2));
  await vi.waitFor(async () => expect((await leaseOf('a'))?.checkpoint).toBe(last));
  expect(late.status()[0]?.error).toContain('cut off');

  cuttable.cut(false);
  await vi.waitFor(() => expect(late.status()).toEqual([]), { timeout: 10_000 });
  await late.stop();
  expect(await leaseOf('a')).toMatchObject({ owner: 'next', checkpoint: last });
  expect(new Set(sink.ofKey('x'))).toEqual(new Set([1, 2]));
});

it('shares four shards among three workers, and goes on when one of them is killed', async () => {
  const streams = createStreamsDouble();
  const shardIds = ['a', 'b', 'c', 'd'];
  for (const shardId of shardIds) {
    streams.addShard(shardId);
  }
  const sink = createSink();
  const cuttables = [createCuttable(), createCuttable(), createCuttable()];
  const workers = cuttables.map((each, index) =>
    start(streams, sink, { workerId: `worker-${index}`, dynamo: each.dynamo }),
  );
  let written = 0;
  const writeSome = () => {
    for (const shardId of shardIds) {
      written += 1;
      streams.write(shardId, item(shardId, written));
    }
  };
  const spread = () => workers.map((worker) => worker.status().length).sort();
  await vi.waitFor(
    () => {
      writeSome();
      expect(spread()).toEqual([1, 1, 2]);
    },
    { timeout: 10_000 },
  );

  const dead = workers.findIndex((worker) => worker.status().length === 2);
  const lost = workers[dead]?.status().map(({ shardId }) => shardId) ?? [];
  cuttables[dead]?.cut(true);
  await vi.waitFor(
    async () => {
      writeSome();
      const owners = (await listLeases(dynamo, 'journal'))
        .filter(({ shardId }) => lost.includes(shardId))
        .map(({ owner }) => owner);
      expect(owners).not.toContain(`worker-${dead}`);
    },
    { timeout: 10_000 },
  );
  writeSome();
  await vi.waitFor(() => expect(sink.distinct()).toBe(written));
  for (const shardId of shardIds) {
    const first = [...new Set(sink.ofKey(shardId))];
    expect(first).toEqual(first.toSorted((a, b) => a - b));
  }
});

it('shows a trimmed position and catches up from the event store', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.write('a', item('x', 1));
  const sink = createSink();
  const first = start(streams, sink);
  await vi.waitFor(() => expect(first.status()[0]?.caughtUp).toBe(true));
  await first.stop();
  streams.write('a', item('x', 2));
  streams.trim('a');
  streams.write('a', item('x', 3));

  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  gates.add(letGo);
  const second = start(streams, sink, {
    readAll: async function* () {
      await held;
      yield [item('x', 1), item('x', 2)];
    },
  });
  await vi.waitFor(() => expect(second.status()[0]?.error).toContain('Catching up'));
  await vi.waitFor(async () => expect((await leaseOf('a'))?.checkpoint).toBe(CATCH_UP));
  letGo();
  await vi.waitFor(() => expect(sink.ofKey('x')).toEqual([1, 1, 2, 3]));
  await vi.waitFor(() => expect(second.status()[0]).toMatchObject({ error: null, caughtUp: true }));
});

it('catches up for a shard that the stream has forgotten before its end was delivered', async () => {
  const streams = createStreamsDouble();
  streams.addShard('child', 'gone');
  streams.write('child', item('x', 2));
  await createLease(dynamo, {
    consumer: 'journal',
    shardId: 'gone',
    owner: null,
    counter: 7,
    checkpoint: '100',
    parents: [],
    updatedAt: new Date().toISOString(),
  });
  const sink = createSink();
  start(streams, sink, {
    readAll: async function* () {
      yield [item('x', 1)];
    },
  });
  await vi.waitFor(() => expect(sink.ofKey('x')).toEqual([1, 2]));
  await vi.waitFor(async () => expect(await leaseOf('gone')).toBeUndefined());
});

it('stays at a record that cannot be read, and says which', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.write('a', item('x', 1));
  const sink = createSink();
  let isFixed = false;
  const consumer = start(streams, sink, {
    parse: (image) => {
      const parsed = itemSchema.parse(image);
      if (parsed.n === 2 && !isFixed) {
        throw new Error('n is 2');
      }
      return parsed;
    },
  });
  await vi.waitFor(() => expect(sink.delivered).toHaveLength(1));
  const bad = streams.write('a', item('x', 2));
  streams.write('a', item('x', 3));
  await vi.waitFor(() =>
    expect(consumer.status()[0]?.error).toBe(`Record ${bad} cannot be read: n is 2`),
  );
  expect(consumer.status()[0]?.errorSince).toMatch(/^20/);
  expect(sink.delivered).toHaveLength(1);
  isFixed = true;
  await vi.waitFor(() => expect(sink.ofKey('x')).toEqual([1, 2, 3]), { timeout: 5_000 });
  await vi.waitFor(() => expect(consumer.status()[0]?.error).toBeNull());
});

it('delivers a batch again when the receiver failed', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  const sink = createSink();
  let failures = 3;
  start(streams, {
    deliver: async (events) => {
      failures -= 1;
      if (failures >= 0) {
        throw new Error('the read model is down');
      }
      await sink.deliver(events);
    },
  });
  for (let n = 1; n <= 10; n += 1) {
    streams.write('a', item('x', n));
  }
  await vi.waitFor(() => expect(sink.ofKey('x')).toHaveLength(10), { timeout: 5_000 });
  expect(sink.ofKey('x')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

it('gets over throttling and expired iterators without losing or doubling a record', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  const sink = createSink();
  const consumer = start(streams, sink);
  for (let n = 1; n <= 50; n += 1) {
    streams.write('a', item('x', n));
    if (n % 10 === 0) {
      streams.throttle(2);
      streams.expireIterators();
      await vi.waitFor(() => expect(sink.ofKey('x').at(-1)).toBe(n), { timeout: 5_000 });
    }
  }
  expect(sink.ofKey('x')).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  await vi.waitFor(() => expect(consumer.status()[0]).toMatchObject({ error: null }));
});

it('passes deletions of events by, which nothing of ours does', async () => {
  const streams = createStreamsDouble();
  streams.addShard('a');
  streams.write('a', item('x', 1));
  streams.remove('a');
  streams.write('a', item('x', 2));
  const sink = createSink();
  start(streams, sink);
  await vi.waitFor(() => expect(sink.ofKey('x')).toEqual([1, 2]));
});
