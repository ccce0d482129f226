import { expect, it } from 'vitest';
import { parseWebhookTarget } from './webhook-target.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:orders.fifo';
const BUS = 'arn:aws:events:eu-central-1:123456789012:event-bus/orders';

it.each([
  ['https://example.com/hook', { kind: 'http', url: new URL('https://example.com/hook') }],
  [`sns:${TOPIC}`, { kind: 'sns', topicArn: TOPIC }],
  ['eventbridge:default', { kind: 'eventbridge', bus: 'default' }],
  [`eventbridge:${BUS}`, { kind: 'eventbridge', bus: BUS }],
])('%s is where events are sent', (text, target) => {
  expect(parseWebhookTarget(text)).toEqual(target);
});

it.each([
  'ftp://example.com',
  'https://',
  // Only a FIFO topic keeps an aggregate's order.
  'sns:arn:aws:sns:eu-central-1:123456789012:orders',
  'sns:orders.fifo',
  'eventbridge:',
  'eventbridge:a bus',
  'eventbridge:arn:aws:sns:eu-central-1:123456789012:orders',
])('%s is no such place', (text) => {
  expect(parseWebhookTarget(text)).toBeUndefined();
});
