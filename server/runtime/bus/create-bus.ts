import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAwsClientOptions } from '#server/runtime/platform/aws-client-options.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { Bus, QueueDepth, ReceivedMessage } from './bus.ts';
import type { BusMessage } from './bus-message.ts';
import { isQueueLost } from './is-queue-lost.ts';

/** What is not handled is kept for so long: as long as SQS keeps anything. */
const RETENTION_SECONDS = 14 * 86_400;

type BusEnv = Pick<
  Env,
  'PLAYHEAD_BUS_ENDPOINT' | 'PLAYHEAD_BUS_REGION' | 'AWS_REGION' | 'TABLE_PREFIX'
>;

/** Connects to SNS and SQS; undefined where no PLAYHEAD_BUS_ENDPOINT is set, and so there is no bus. */
export function createBus(env: BusEnv): Bus | undefined {
  const endpoint = env.PLAYHEAD_BUS_ENDPOINT;
  if (endpoint === undefined) {
    return undefined;
  }
  const options = toAwsClientOptions({
    endpoint,
    region: env.PLAYHEAD_BUS_REGION ?? env.AWS_REGION,
  });
  const sns = new SNSClient(options);
  // A queue's URL names a host that what stands in for AWS may not have.
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: endpoint === 'aws' });
  // Names of topics and queues have no dots but the one before "fifo".
  const toName = (name: string) =>
    `${env.TABLE_PREFIX}${name}`.replaceAll('.', '-').concat('.fifo');
  let topic: Promise<string> | undefined;
  const urls = new Map<string, string>();

  function getTopic(): Promise<string> {
    // Making a topic that is there answers its ARN.
    topic ??= sns
      .send(new CreateTopicCommand({ Name: toName('events'), Attributes: { FifoTopic: 'true' } }))
      .then(({ TopicArn = '' }) => TopicArn);
    topic.catch(() => {
      topic = undefined;
    });
    return topic;
  }

  /** A topic that is not there any more is made anew the next time. */
  async function withTopic<Result>(use: (TopicArn: string) => Promise<Result>): Promise<Result> {
    try {
      return await use(await getTopic());
    } catch (error) {
      if (isQueueLost(error)) {
        topic = undefined;
      }
      throw error;
    }
  }

  async function getUrl(queue: string): Promise<string> {
    const known = urls.get(queue);
    if (known !== undefined) {
      return known;
    }
    const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: toName(queue) }));
    urls.set(queue, QueueUrl);
    return QueueUrl;
  }

  async function getAttributes(queue: string): Promise<Partial<Record<string, string>>> {
    const QueueUrl = await getUrl(queue);
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    return Attributes;
  }

  async function unsubscribe(TopicArn: string, queue: string): Promise<void> {
    let NextToken: string | undefined;
    do {
      const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
      for (const { SubscriptionArn, Endpoint } of page.Subscriptions ?? []) {
        if (Endpoint?.endsWith(`:${toName(queue)}`)) {
          await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
        }
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  return {
    createQueue: async (queue, visibilitySeconds) => {
      const TopicArn = await getTopic();
      const Policy = JSON.stringify(mayBeSentBy(TopicArn));
      const { QueueUrl = '' } = await sqs.send(
        new CreateQueueCommand({
          QueueName: toName(queue),
          Attributes: {
            FifoQueue: 'true',
            VisibilityTimeout: `${visibilitySeconds}`,
            MessageRetentionPeriod: `${RETENTION_SECONDS}`,
            Policy,
          },
        }),
      );
      urls.set(queue, QueueUrl);
    },
    subscribe: async (queue, aggregateType) => {
      const { QueueArn } = await getAttributes(queue);
      const Attributes = {
        RawMessageDelivery: 'true',
        FilterPolicy: JSON.stringify({ aggregateType: [aggregateType] }),
      };
      await withTopic((TopicArn) =>
        sns.send(
          new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QueueArn, Attributes }),
        ),
      );
    },
    publish: async (messages) => {
      const PublishBatchRequestEntries = messages.map((message, index) => ({
        Id: `${index}`,
        Message: message.body,
        ...toAddress(message),
        MessageAttributes: {
          aggregateType: { DataType: 'String', StringValue: message.aggregateType },
        },
      }));
      const { Failed } = await withTopic((TopicArn) =>
        sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })),
      );
      requireAll(Failed, 'published');
    },
    send: async (queue, messages) => {
      const Entries = messages.map((message, index) => ({
        Id: `${index}`,
        MessageBody: message.body,
        ...toAddress(message),
      }));
      const QueueUrl = await getUrl(queue);
      const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      requireAll(Failed, 'sent');
    },
    receive: async (queue, { waitSeconds, signal }) => {
      const request = new ReceiveMessageCommand({
        QueueUrl: await getUrl(queue),
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      const { Messages = [] } = await sqs.send(request, { abortSignal: signal });
      return Messages.map(toReceived);
    },
    remove: async (queue, receipts) => {
      const QueueUrl = await getUrl(queue);
      for (const some of inTens(receipts)) {
        const Entries = some.map((ReceiptHandle, index) => ({ Id: `${index}`, ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    release: async (queue, receipts, seconds) => {
      const QueueUrl = await getUrl(queue);
      for (const some of inTens(receipts)) {
        const Entries = some.map((ReceiptHandle, index) => ({
          Id: `${index}`,
          ReceiptHandle,
          VisibilityTimeout: seconds,
        }));
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      }
    },
    readDepth: async (queue) => toDepth(await getAttributes(queue)),
    removeQueue: async (queue) => {
      await withTopic((TopicArn) => unsubscribe(TopicArn, queue));
      try {
        await sqs.send(new DeleteQueueCommand({ QueueUrl: await getUrl(queue) }));
      } catch (error) {
        if (!isQueueLost(error)) {
          throw error;
        }
      }
      urls.delete(queue);
    },
    close: () => {
      sns.destroy();
      sqs.destroy();
    },
  };
}

/** A queue's policy: the topic may put messages into it, and nobody else by that. */
function mayBeSentBy(topicArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  };
}

const toAddress = ({ groupId, deduplicationId }: BusMessage) => ({
  MessageGroupId: groupId,
  MessageDeduplicationId: deduplicationId,
});

function requireAll(
  failed: readonly { readonly Message?: string | undefined }[] | undefined,
  what: string,
): void {
  if (failed?.[0] !== undefined) {
    throw new PlayheadError(
      'BUS_REFUSED',
      `${failed.length} messages could not be ${what}: ${failed[0].Message ?? 'no reason was given'}`,
    );
  }
}

const toReceived = ({ Body, ReceiptHandle, Attributes }: Message): ReceivedMessage => ({
  body: Body ?? '',
  receipt: ReceiptHandle ?? '',
  receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
});

const toDepth = (attributes: Partial<Record<string, string>>): QueueDepth => ({
  waiting: Number(attributes.ApproximateNumberOfMessages ?? 0),
  inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
});

function* inTens(receipts: readonly string[]): Generator<readonly string[]> {
  for (let index = 0; index < receipts.length; index += 10) {
    yield receipts.slice(index, index + 10);
  }
}
