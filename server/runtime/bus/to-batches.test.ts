import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BusMessage } from './bus-message.ts';
import { sendInLanes, toLanes } from './to-batches.ts';

const messages = fc
  .array(fc.record({ group: fc.nat(6), size: fc.integer({ min: 1, max: 120_000 }) }), {
    maxLength: 60,
  })
  .map((list) =>
    list.map(
      ({ group, size }, index): BusMessage => ({
        groupId: `g${group}`,
        deduplicationId: `${index}`,
        aggregateType: 'crate',
        body: 'x'.repeat(size),
      }),
    ),
  );

it('makes batches that SNS and SQS take, and loses none and keeps the order of each group', () => {
  fc.assert(
    fc.property(messages, (all) => {
      const lanes = toLanes(all);
      for (const batch of lanes.flat()) {
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThanOrEqual(262_144);
        expect(new Set(batch.map(({ groupId }) => groupId)).size).toBe(batch.length);
      }
      const sent = lanes.map((lane) => lane.flat());
      for (const group of new Set(all.map(({ groupId }) => groupId))) {
        const ofGroup = (list: readonly BusMessage[]) =>
          list.filter(({ groupId }) => groupId === group);
        const lane = sent.filter((each) => ofGroup(each).length > 0);
        expect(lane.map(ofGroup)).toEqual([ofGroup(all)]);
      }
      expect(sent.flat()).toHaveLength(all.length);
    }),
  );
});

it('sends nothing of a group behind one that was refused', async () => {
  const all = ['1', '2', '3'].map(
    (deduplicationId): BusMessage => ({
      groupId: 'g',
      deduplicationId,
      aggregateType: 'crate',
      body: '{}',
    }),
  );
  const sent: string[] = [];
  const send = async ([message]: readonly BusMessage[]) => {
    if (message?.deduplicationId === '2') {
      throw new Error('refused');
    }
    sent.push(message?.deduplicationId ?? '');
  };
  await expect(sendInLanes(all, send)).rejects.toThrow('refused');
  expect(sent).toEqual(['1']);
});
