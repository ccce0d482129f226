import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { toPlainId } from '#server/runtime/bus/bus-message.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';
import { toCloudEvent } from './to-cloud-event.ts';

/**
 * An event as a FIFO topic of SNS takes it: the aggregate's events are a group, in their order, and one that is sent
 * again within five minutes is taken once. Subscriptions can be filtered by its types. Pure.
 */
export function toTopicMessage(TopicArn: string, event: typeof journal.$inferSelect) {
  return {
    TopicArn,
    Message: toCloudEvent(event),
    MessageGroupId: toPlainId(event.aggregateId),
    MessageDeduplicationId: toPlainId(event.eventId),
    MessageAttributes: {
      eventType: toText(event.eventType),
      aggregateType: toText(parseAggregateId(event.aggregateId).type),
    },
  } satisfies PublishCommandInput;
}

export type TopicMessage = ReturnType<typeof toTopicMessage>;

const toText = (StringValue: string) => ({ DataType: 'String', StringValue });

/** What SNS counts of a message, in bytes: its body and its attributes. Pure. */
export function toTopicMessageSize({ Message, MessageAttributes }: TopicMessage): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue }]) => name + DataType + StringValue,
  );
  return Buffer.byteLength(Message + attributes.join(''));
}
