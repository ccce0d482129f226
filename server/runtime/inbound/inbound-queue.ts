import {
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { toAwsClientOptions } from '#server/runtime/platform/aws-client-options.ts';

/** A message that others put into a queue; it comes again unless it is removed in time. */
export type InboundMessage = {
  readonly id: string;
  readonly body: string;
  /** What it is removed by. */
  readonly receipt: string;
};

/** A queue of SQS that somebody else fills. Throws the SDK's errors. */
export type InboundQueue = {
  /** At most 80 messages; it waits some seconds for the first, and for no others. */
  readonly receive: (signal: AbortSignal) => Promise<InboundMessage[]>;
  /** Messages that are done with; what cannot be removed comes again. */
  readonly remove: (messages: readonly InboundMessage[]) => Promise<void>;
  readonly close: () => void;
};

/** Within the time that a request may take. */
const WAIT_SECONDS = 8;

/** What SQS gives and takes in a request. */
const MOST_A_REQUEST = 10;

/** Where the first request brings as much as it can, so many others ask for more. */
const OTHER_REQUESTS = 7;

/** Connects to a queue by its URL: where SQS is, then the account, then the queue's name. */
export function connectInboundQueue(url: string, region: string): InboundQueue {
  const { origin, pathname } = new URL(url);
  const [, QueueOwnerAWSAccountId, QueueName] = pathname.split('/');
  const options = toAwsClientOptions({ endpoint: origin, region });
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
  let known: string | undefined;

  /** What stands in for AWS knows a queue by the URL that it gave it, of another host. */
  async function getUrl(): Promise<string | undefined> {
    const asked = new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId });
    known ??= (await sqs.send(asked)).QueueUrl;
    return known;
  }

  async function receive(WaitTimeSeconds: number, abortSignal: AbortSignal) {
    const QueueUrl = await getUrl();
    const MaxNumberOfMessages = MOST_A_REQUEST;
    const request = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, WaitTimeSeconds });
    const { Messages = [] } = await sqs.send(request, { abortSignal });
    return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => ({
      id: MessageId,
      body: Body,
      receipt: ReceiptHandle,
    }));
  }

  return {
    receive: async (signal) => {
      const first = await receive(WAIT_SECONDS, signal);
      if (first.length < MOST_A_REQUEST) {
        return first;
      }
      // What one of them received and did not bring comes again.
      const others = Array.from({ length: OTHER_REQUESTS }, () =>
        receive(0, signal).catch((): InboundMessage[] => []),
      );
      return [first, ...(await Promise.all(others))].flat();
    },
    remove: async (messages) => {
      const QueueUrl = await getUrl();
      const requests = Array.from(
        { length: Math.ceil(messages.length / MOST_A_REQUEST) },
        (_, index) => messages.slice(index * MOST_A_REQUEST, (index + 1) * MOST_A_REQUEST),
      );
      await Promise.all(
        requests.map((some) => {
          const Entries = some.map(({ receipt: ReceiptHandle }, index) => ({
            Id: `${index}`,
            ReceiptHandle,
          }));
          return sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
        }),
      );
    },
    close: () => sqs.destroy(),
  };
}
