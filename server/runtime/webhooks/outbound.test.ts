import { expect, it, onTestFinished } from 'vitest';
import { startEventBridgeDouble } from '#server/testing/event-bridge-double.ts';
import { journalRow } from '#server/testing/journal-row.ts';
import { createOutbound } from './outbound.ts';
import { toBusEntry } from './to-bus-entry.ts';
import { toTopicMessage } from './to-topic-message.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:orders.fifo';
const { signal } = new AbortController();

function open(endpoint: string) {
  const outbound = createOutbound({
    PLAYHEAD_OUTBOUND_ENDPOINT: endpoint,
    PLAYHEAD_OUTBOUND_REGION: undefined,
    AWS_REGION: 'us-east-1',
  });
  onTestFinished(() => outbound?.close());
  if (outbound === undefined) {
    throw new Error('There is no outbound.');
  }
  return outbound;
}

async function startDouble(refuse?: Parameters<typeof startEventBridgeDouble>[0]) {
  const double = await startEventBridgeDouble(refuse);
  onTestFinished(double.close);
  return double;
}

it('a message of SNS is of its aggregate’s group, and the same when it is sent again', () => {
  const message = toTopicMessage(TOPIC, journalRow(7, 'A'));
  expect(message).toMatchObject({
    TopicArn: TOPIC,
    MessageGroupId: 'account#A',
    MessageDeduplicationId: 'event-7',
    MessageAttributes: {
      eventType: { DataType: 'String', StringValue: 'MoneyDeposited' },
      aggregateType: { DataType: 'String', StringValue: 'account' },
    },
  });
  expect(JSON.parse(message.Message)).toMatchObject({ specversion: '1.0', id: 'event-7' });
  const spoken = toTopicMessage(TOPIC, journalRow(7, 'Ä b'));
  expect(spoken.MessageGroupId).toMatch(/^[0-9a-f]{64}$/);
});

it('an entry of EventBridge says source, type and time, and carries the CloudEvent', async () => {
  const double = await startDouble();
  const entries = [journalRow(7, 'A'), journalRow(8, 'B')].map((row) => toBusEntry('orders', row));
  const answers = await open(double.url).putEvents(entries, signal);
  expect(answers).toEqual([
    { status: 200, retryAfterSeconds: null },
    { status: 200, retryAfterSeconds: null },
  ]);
  expect(double.requests).toEqual([2]);
  expect(double.taken[0]).toMatchObject({
    EventBusName: 'orders',
    Source: 'playhead',
    DetailType: 'MoneyDeposited',
    Time: 0,
    event: { id: 'event-7', subject: 'account#A' },
  });
});

it('each entry has its own answer', async () => {
  const CODES: Partial<Record<string, string>> = {
    'event-8': 'ThrottlingException',
    'event-9': 'MalformedDetail',
  };
  const double = await startDouble(({ event }) => CODES[event.id]);
  const entries = [7, 8, 9].map((position) => toBusEntry('orders', journalRow(position, 'A')));
  expect(await open(double.url).putEvents(entries, signal)).toEqual([
    { status: 200, retryAfterSeconds: null },
    { error: expect.stringContaining('ThrottlingException, The double refuses it.') },
    { error: expect.stringContaining('MalformedDetail'), refusal: 'perhaps' },
  ]);
});

it('what AWS refuses as a request is told from what does not answer', async () => {
  const double = await startDouble();
  const entry = toBusEntry('orders', journalRow(7, 'A'));
  const [refused] = await open(double.url).putEvents([{ ...entry, DetailType: '' }], signal);
  expect(refused).toMatchObject({
    error: expect.stringContaining('ValidationException'),
    refusal: 'perhaps',
  });
  const [silent] = await open('http://127.0.0.1:9').putEvents([entry], signal);
  expect(silent).toEqual({ error: expect.stringMatching(/^EventBridge did not answer: .*9/) });
});

it('an event that is too large is never asked about', async () => {
  const double = await startDouble();
  const row = journalRow(7, 'A', { note: 'ä'.repeat(131_000) });
  const outbound = open(double.url);
  const tooLarge = { error: expect.stringContaining('256 KB'), refusal: 'certain' };
  expect(await outbound.putEvents([toBusEntry('orders', row)], signal)).toEqual([tooLarge]);
  expect(await outbound.publish(toTopicMessage(TOPIC, row), signal)).toEqual(tooLarge);
  expect(double.requests).toEqual([]);
});
