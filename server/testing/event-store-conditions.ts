import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { type ContractSample, freshId, toStoredSample } from './contract-samples.ts';
import { appendSample } from './event-store-contract.ts';
import { commandRecord } from './sample-events.ts';

const at = (aggregateId: string, version: number) => ({ aggregateId, version });

/** What every event store does about aggregates that a command only reads, and about no events at all. */
export function describeConditions(store: EventStore, sample: ContractSample): void {
  const fresh = () => freshId(sample);
  const toStored = (aggregateId: string, last: number, first = 1) =>
    toStoredSample(sample, aggregateId, { first, last });
  const beginFresh = async (last = 1) => {
    const aggregateId = fresh();
    await appendSample(store, sample, aggregateId, { last });
    return aggregateId;
  };

  describe('append, with aggregates that were only read', () => {
    it('writes while they are what was read, and leaves them as they are', async () => {
      const [written, read, absent] = [fresh(), await beginFresh(3), fresh()];
      const events = toStored(written, 1);
      const unchanged = [at(read, 3), at(absent, 0)];
      expect(await store.append(events, commandRecord(), unchanged)).toEqual({ kind: 'appended' });
      expect(await store.read(written)).toEqual(events);
      expect(await store.getNewestSequence(read)).toBe(3);
      expect(await store.read(absent)).toEqual([]);
    });

    it.each([
      ['has moved on', 2],
      ['has come to be', 0],
    ])('writes nothing where one %s, and says which', async (_, version) => {
      const [written, other, read] = [fresh(), await beginFresh(), await beginFresh(3)];
      const record = commandRecord();
      const events = toStored(written, 1);
      expect(await store.append(events, record, [at(other, 1), at(read, version)])).toEqual({
        kind: 'conflict',
        aggregateId: read,
      });
      expect(await store.read(written)).toEqual([]);
      expect(await store.getCommand(record.commandId)).toBeUndefined();
    });

    it('never lets two writes through that each stand on what the other changes', async () => {
      const goOn = (aggregateId: string, other: string) =>
        store.append(toStored(aggregateId, 2, 2), commandRecord(), [at(other, 1)]);
      await Promise.all(
        Array.from({ length: 30 }, async () => {
          const [a, b] = [await beginFresh(), await beginFresh()];
          const results = await Promise.all([goOn(a, b), goOn(b, a)]);
          expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
          const versions = await Promise.all([a, b].map((id) => store.getNewestSequence(id)));
          expect(versions.sort()).toEqual([1, 2]);
        }),
      );
    });

    it('hands over the record of a command that ran before, whatever was read since', async () => {
      const read = await beginFresh();
      const written = fresh();
      const record = commandRecord();
      await store.append(toStored(written, 1), record, [at(read, 1)]);
      await appendSample(store, sample, read, { first: 2, last: 2 });
      for (const version of [1, 2]) {
        const events = toStored(written, 2, 2);
        const again = await store.append(events, record, [at(read, version)]);
        expect(again).toEqual({ kind: 'duplicate', record });
      }
      expect(await store.getNewestSequence(written)).toBe(1);
    });

    it('takes 99 events and such aggregates, and refuses 100', async () => {
      const written = fresh();
      const events = toStored(written, 50);
      const unchanged = Array.from({ length: 50 }, () => at(fresh(), 0));
      await expect(store.append(events, commandRecord(), unchanged)).rejects.toMatchObject({
        code: 'TOO_MANY_EVENTS',
        message: expect.stringMatching(/at most 99.*has 50 events and reads 50 aggregates/),
      });
      expect(await store.append(events, commandRecord(), unchanged.slice(1))).toEqual({
        kind: 'appended',
      });
      expect(await store.getNewestSequence(written)).toBe(50);
    });
  });

  describe('append, without an event', () => {
    it('keeps the record alone, once', async () => {
      const read = await beginFresh();
      const record = commandRecord();
      expect(await store.append([], record, [at(read, 1)])).toEqual({ kind: 'appended' });
      expect(await store.getCommand(record.commandId)).toEqual(record);
      expect(await store.getNewestSequence(read)).toBe(1);
      const again = commandRecord({ commandId: record.commandId, payloadHash: 'other' });
      for (const version of [0, 1]) {
        const result = await store.append([], again, [at(read, version)]);
        expect(result).toEqual({ kind: 'duplicate', record });
      }
    });

    it('keeps no record where what was read has moved on', async () => {
      const read = await beginFresh(2);
      const record = commandRecord();
      expect(await store.append([], record, [at(read, 1)])).toEqual({
        kind: 'conflict',
        aggregateId: read,
      });
      expect(await store.getCommand(record.commandId)).toBeUndefined();
    });

    it('lets one of many with the same command id win', async () => {
      const record = commandRecord({ commandId: randomUUID() });
      const attempts = Array.from({ length: 10 }, () => store.append([], record));
      const kinds = (await Promise.all(attempts)).map(({ kind }) => kind).sort();
      expect(kinds).toEqual(['appended', ...Array(9).fill('duplicate')]);
    });
  });
}
