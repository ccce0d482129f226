import { LimitExceededException } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { createStreamsDouble } from '#server/testing/streams-double.ts';
import { TRIM_HORIZON } from './checkpoint.ts';
import { listShards } from './list-shards.ts';
import { prefetch } from './prefetch.ts';
import { PositionLostError, readShard } from './read-shard.ts';

function setUp(records: number) {
  const streams = createStreamsDouble();
  streams.addShard('a');
  const numbers = Array.from({ length: records }, (_, n) => streams.write('a', { n }));
  const read = (checkpoint = TRIM_HORIZON, signal = new AbortController().signal) =>
    readShard({
      api: streams.api,
      streamArn: 'arn',
      shardId: 'a',
      checkpoint,
      pollIntervalMs: 1,
      signal,
    });
  return { streams, numbers, read };
}

const imagesOf = (page: { records: readonly { image: unknown }[] }) =>
  page.records.map(({ image }) => image);

describe('readShard', () => {
  it('reads from the beginning in full pages, then empty ones, until the shard is closed', async () => {
    const { streams, numbers, read } = setUp(1_500);
    const sizes: number[] = [];
    let last = '';
    for await (const { records, checkpoint } of read()) {
      sizes.push(records.length);
      last = checkpoint;
      if (sizes.length === 3) {
        streams.split('a', ['b']);
      }
    }
    expect(sizes).toEqual([1_000, 500, 0, 0]);
    expect(last).toBe(numbers.at(-1));
  });

  it('goes on after a sequence number', async () => {
    const { numbers, read } = setUp(5);
    const { value } = await read(numbers[2]).next();
    expect(value && imagesOf(value)).toEqual([{ n: 3 }, { n: 4 }]);
  });

  it('renews an expired iterator at its place', async () => {
    const { streams, read } = setUp(2);
    const pages = read();
    await pages.next();
    streams.expireIterators();
    streams.write('a', { n: 'late' });
    const { value } = await pages.next();
    expect(value && imagesOf(value)).toEqual([{ n: 'late' }]);
  });

  it('renews an iterator that expired before the first record at the beginning', async () => {
    const { streams, read } = setUp(0);
    const pages = read();
    await pages.next();
    streams.expireIterators();
    streams.write('a', { n: 'first' });
    const { value } = await pages.next();
    expect(value && imagesOf(value)).toEqual([{ n: 'first' }]);
  });

  it('fails loudly at a position that was trimmed, from the start and on the way', async () => {
    const { streams, numbers, read } = setUp(3);
    const underWay = read(numbers[0]);
    await underWay.next();
    streams.write('a', { n: 'lost' });
    streams.trim('a');
    await expect(underWay.next()).rejects.toThrow(PositionLostError);
    await expect(read(numbers[1]).next()).rejects.toThrow(PositionLostError);
  });

  it('hands throttling to the caller', async () => {
    const { streams, read } = setUp(1);
    streams.throttle(1);
    await expect(read().next()).rejects.toThrow(LimitExceededException);
  });

  it('ends its wait when it is told to stop', async () => {
    const { read } = setUp(1);
    const stopping = new AbortController();
    const pages = read(TRIM_HORIZON, stopping.signal);
    await pages.next();
    stopping.abort();
    await expect(pages.next()).rejects.toThrow('aborted');
  });
});

describe('listShards', () => {
  it('collects every page', async () => {
    const streams = createStreamsDouble();
    for (let n = 0; n < 250; n += 1) {
      streams.addShard(`shard-${n}`, n === 0 ? undefined : 'shard-0');
    }
    const shards = await listShards(streams.api, 'arn');
    expect(new Set(shards.map(({ shardId }) => shardId)).size).toBe(250);
    expect(streams.requests.describeStream).toBe(3);
    expect(shards.find(({ shardId }) => shardId === 'shard-7')?.parents).toEqual(['shard-0']);
  });
});

describe('prefetch', () => {
  it('fetches one item ahead and keeps the order', async () => {
    const fetched: number[] = [];
    async function* source() {
      for (let n = 1; n <= 4; n += 1) {
        fetched.push(n);
        yield n;
      }
    }
    const seen: [number, number][] = [];
    for await (const n of prefetch(source())) {
      await Promise.resolve();
      seen.push([n, fetched.length]);
    }
    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });

  it('throws an error of the source when its turn comes', async () => {
    async function* source() {
      yield 1;
      throw new Error('read failed');
    }
    const seen: number[] = [];
    const reading = async () => {
      for await (const n of prefetch(source())) {
        seen.push(n);
      }
    };
    await expect(reading()).rejects.toThrow('read failed');
    expect(seen).toEqual([1]);
  });
});
