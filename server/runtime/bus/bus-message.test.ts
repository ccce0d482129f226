import { expect, it } from 'vitest';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { parseBusMessage, toBusMessage } from './bus-message.ts';

const [event] = toSimpleHistory('A', 1).map((each) => ({ ...toStoredEvent(each), position: 7 }));
if (event === undefined) {
  throw new Error('There is no event.');
}

it('travels whole, in the group of its aggregate', () => {
  const message = toBusMessage(event);
  expect(message).toMatchObject({ groupId: 'account#A', deduplicationId: event.eventId });
  expect(parseBusMessage(message.body)).toEqual({ event });
});

it('travels as its place in the journal where it is too large for the bus', () => {
  const { body } = toBusMessage({ ...event, eventData: { note: 'ž'.repeat(130_000) } });
  const { aggregateId, eventSequence } = event;
  expect(parseBusMessage(body)).toEqual({
    reference: { aggregateId, eventSequence, position: 7 },
  });
});

it('has ids that SNS and SQS take, different ones for different aggregates', () => {
  const ids = ['account#ž', 'account#a b', `account#${'x'.repeat(200)}`].map(
    (aggregateId) => toBusMessage({ ...event, aggregateId }).groupId,
  );
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(id).toMatch(/^[A-Za-z0-9]{1,128}$/);
  }
});

it.each(['', 'hello', '{}', '[]', '{"aggregateId":"account#A"}'])(
  'reads nothing from %j',
  (body) => {
    expect(parseBusMessage(body)).toBeUndefined();
  },
);
