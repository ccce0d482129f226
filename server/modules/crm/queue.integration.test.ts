import { once } from 'node:events';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { connectInboundQueue } from '#server/runtime/inbound/inbound-queue.ts';
import { createQueueReader } from '#server/runtime/inbound/queue-reader.ts';
import { startQueueReaders } from '#server/runtime/inbound/start-queue-readers.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { startBusDouble } from '#server/testing/bus-double.ts';
import { toMessage, toTestRecordId } from '#server/testing/crm-messages.ts';
import { makeCrmStream } from '#server/testing/crm-stream.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { spawnWorker } from '#server/testing/worker-process.ts';
import { takeMessages } from './commands/take-messages.ts';
import { crmModule } from './module.ts';
import { crmClients } from './views/crm-entities-table.ts';
import { crmMessages } from './views/crm-messages-table.ts';

const REGISTRY = createRegistry([crmModule]);
/** As an end-to-end test has it, where others use the machine. */
const TIMEOUT = { timeout: 100_000, interval: 20 };

let crm: TestBank;
let bus: Awaited<ReturnType<typeof startBusDouble>>;
let sqs: SQSClient;

beforeAll(async () => {
  [crm, bus] = await Promise.all([createTestBank(REGISTRY), startBusDouble()]);
  sqs = new SQSClient({
    endpoint: bus.url,
    region: 'us-east-1',
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  sqs.destroy();
  await bus.close();
  await crm.close();
});

/** Answers the queue's URL as SQS in memory knows it, and as it is found by it through the double. */
async function createQueue(QueueName: string, Attributes: Record<string, string> = {}) {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return { QueueUrl, url: `${bus.url}/000000000000/${QueueName}` };
}

async function send(QueueUrl: string, messages: readonly string[]) {
  for (let index = 0; index < messages.length; index += 10) {
    const some = messages.slice(index, index + 10);
    const Entries = some.map((MessageBody, at) => ({ Id: `${at}`, MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Messages that wait, and such as were received and not removed. */
async function countIn(QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: taken } =
    Attributes;
  return Number(waiting) + Number(taken);
}

/** Reads a queue as the worker does, by the commands of this suite's system. */
function startReader(
  url: string,
  take = (messages: readonly string[]) => takeMessages(crm.handler, messages),
) {
  const { stop } = createQueueReader({
    queue: connectInboundQueue(url, 'us-east-1'),
    take,
    logger: crm.logger,
    name: 'crm',
  });
  onTestFinished(stop);
  return stop;
}

it('takes shuffled and doubled changes in all envelopes, and keeps what is none with its text', async () => {
  const { lines, truth } = makeCrmStream({ records: 30, count: 200 });
  const { QueueUrl, url } = await createQueue('changes');
  await send(QueueUrl, [...lines, '{"odd":', 'not a change']);
  const stop = startReader(url);
  await expect.poll(() => countIn(QueueUrl), TIMEOUT).toBe(0);
  await stop();
  await crm.settle();
  const rows = await crm.postgres.db.select().from(crmClients);
  expect(rows.map(({ recordId }) => recordId).sort()).toEqual([...truth.keys()].sort());
  for (const { recordId, title, isDeleted, needsReading } of rows) {
    const { values, ...flags } = truth.get(recordId) ?? expect.fail(recordId);
    expect({ title, isDeleted, needsReading }).toEqual({ title: values.Name, ...flags });
  }
  const refused = await crm.postgres.db.select().from(crmMessages);
  expect(refused.map(({ excerpt, source }) => [excerpt, source]).sort()).toEqual([
    ['not a change', 'queue'],
    ['{"odd":', 'queue'],
  ]);
});

it('is killed between the commit and the removal, and what comes again changes nothing', async () => {
  const { QueueUrl, url } = await createQueue('killed', { VisibilityTimeout: '1' });
  const ids = [1, 2, 3].map((index) => toTestRecordId(700_000 + index));
  const { dynamo, postgres } = crm;
  await send(
    QueueUrl,
    ids.map((id) => toMessage({ recordIds: [id], changeType: 'CREATE' }, { Name: id })),
  );
  const victim = spawnWorker({
    dynamo,
    dynamodbEndpoint: getTestDynamoEndpoint(),
    databaseUrl: postgres.url,
    queues: `crm=${url}`,
  });
  onTestFinished(() => {
    victim.child.kill('SIGKILL');
  });
  const exited = once(victim.child, 'exit');
  bus.lose(({ action }) => action === 'DeleteMessageBatch' && victim.child.kill('SIGKILL'));
  await exited;
  bus.lose(() => false);
  expect(await countIn(QueueUrl)).toBe(ids.length);
  const stop = startReader(url);
  await expect.poll(() => countIn(QueueUrl), TIMEOUT).toBe(0);
  await stop();
  const sources = await Promise.all(ids.map((id) => crm.store.read(`crm-account#${id}`)));
  expect(sources.map((events) => events.length)).toEqual([1, 1, 1]);
});

it('moves one message aside that cannot be kept, and none for an outage', async () => {
  const aside = await createQueue('aside');
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: aside.QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const { QueueUrl, url } = await createQueue('odd', {
    VisibilityTimeout: '3',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: Attributes?.QueueArn,
      maxReceiveCount: 1,
    }),
  });
  let outages = 0;
  const tried: number[] = [];
  const stop = startReader(url, async (messages) => {
    tried.push(messages.length);
    if (outages < 2) {
      outages += 1;
      throw new PlayheadError('DYNAMODB_UNAVAILABLE', 'DynamoDB does not answer.');
    }
    if (messages.some((message) => message.includes('poison'))) {
      throw new PlayheadError('EVENT_TOO_LARGE', 'It is too large.');
    }
    await takeMessages(crm.handler, messages);
  });
  const good = toTestRecordId(800_001);
  // More records together than a transaction has room for, and less each.
  const merged = [1, 2].map((part) =>
    Array.from({ length: 60 }, (_, index) => toTestRecordId(800_000 + part * 100 + index)),
  );
  await send(QueueUrl, [
    toMessage({ recordIds: [good] }, { Name: 'Good' }),
    ...merged.map((recordIds) => toMessage({ recordIds }, { Name: 'Merged' })),
    'poison',
  ]);
  await expect.poll(() => countIn(QueueUrl), TIMEOUT).toBe(0);
  await stop();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: aside.QueueUrl }));
  expect(Messages.map(({ Body }) => Body)).toEqual(['poison']);
  expect(tried[0]).toBeGreaterThan(1);
  for (const id of [good, ...merged.flat()]) {
    expect(await crm.store.read(`crm-account#${id}`)).toHaveLength(1);
  }
});

it('does not begin for a module that takes no messages', () => {
  const env = {
    PLAYHEAD_QUEUES: [{ module: 'bank', url: 'http://127.0.0.1:9/q' }],
    AWS_REGION: 'us-east-1',
  };
  const { store, logger } = crm;
  expect(() => startQueueReaders({ env, modules: REGISTRY.modules, store, logger })).toThrow(
    expect.objectContaining({ code: 'NOT_CONFIGURED' }),
  );
});
