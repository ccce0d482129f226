import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { toStreamRecord } from '#server/runtime/stream/stream-record.ts';
import { anyAttribute, anyText } from '#server/testing/any-attribute.ts';
import { toLambdaStreamEvent } from '#server/testing/lambda-stream-event.ts';
import { parseStreamEvent } from './parse-stream-event.ts';

const insert = (SequenceNumber: string, NewImage = {}) => ({
  eventName: 'INSERT' as const,
  dynamodb: { SequenceNumber, NewImage, ApproximateCreationDateTime: new Date('2026-01-01') },
});

it('reads every record as the worker reads it from the stream', () => {
  // zod leaves out what is called __proto__, at whatever depth.
  const image = fc
    .dictionary(anyText, anyAttribute, { maxKeys: 5 })
    .filter((item) => !JSON.stringify(item).includes('__proto__'));
  fc.assert(
    fc.property(image, (NewImage) => {
      const record = insert('100', NewImage);
      expect(parseStreamEvent(toLambdaStreamEvent([record]))).toEqual([
        { sequenceNumber: '100', content: toStreamRecord(record) },
      ]);
    }),
  );
});

it('keeps an attribute of a type that nobody knows as text', () => {
  const event = toLambdaStreamEvent([insert('1')]);
  const [record] = parseStreamEvent(
    JSON.parse(JSON.stringify(event).replace('"NewImage":{}', '"NewImage":{"a":{"VECTOR":[1]}}')),
  );
  expect(record?.content).toMatchObject({ image: { a: '{"$unknown":["VECTOR",[1]]}' } });
});

it('tells which record cannot be read, and reads the others', () => {
  const event = toLambdaStreamEvent([
    insert('1'),
    { eventName: 'REMOVE', dynamodb: { SequenceNumber: '2' } },
    { dynamodb: { SequenceNumber: '3' } },
    insert('4'),
  ]);
  const read = parseStreamEvent(event).map(({ sequenceNumber, content }) => [
    sequenceNumber,
    content instanceof Error ? 'unreadable' : content.isRemoval,
  ]);
  expect(read).toEqual([
    ['1', false],
    ['2', true],
    ['3', 'unreadable'],
    ['4', false],
  ]);
});

it.each([undefined, {}, { Records: [{}] }, { Records: [{ dynamodb: {} }] }])(
  'refuses %j, which is no event of a stream',
  (event) => {
    expect(() => parseStreamEvent(event)).toThrow(z.ZodError);
  },
);
