import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '#server/runtime/platform/random.ts';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import type { WireFault } from './plan-faults.ts';

/** What the server behind the proxy was asked for, and what it answers. */
const asked: string[] = [];
const Records = Array.from({ length: 9 }, (_, n) => ({ eventID: `${n}` }));
const page = { Records, NextShardIterator: 'next' };

let server: Server;
let target: string;
let proxy: FaultProxy;

beforeEach(async () => {
  asked.length = 0;
  server = createServer(async (request, response) => {
    asked.push((await buffer(request)).toString());
    response.end(JSON.stringify(page));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  target = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  proxy = await createFaultProxy(target, createRandom(1));
});
afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

async function call(operation: string): Promise<Record<string, unknown>> {
  const response = await fetch(proxy.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `DynamoDBStreams_20120810.${operation}` },
    body: JSON.stringify({ ShardIterator: 'this' }),
  });
  return response.json();
}

const read = () => call('GetRecords');

/** Some answers, of which one at least is met by the fault. */
async function readMany(fault: WireFault) {
  proxy.setFault(fault, true);
  const answers: Record<string, unknown>[] = [];
  for (let n = 0; n < 40; n += 1) {
    answers.push(await read().catch((error: unknown) => ({ error })));
  }
  expect(proxy.counts[fault]).toBeGreaterThan(0);
  proxy.setFault(fault, false);
  return answers;
}

it('hands on what it is asked and what is answered', async () => {
  expect(await read()).toEqual(page);
  expect(asked).toEqual(['{"ShardIterator":"this"}']);
});

it('throttles before the request is carried out', async () => {
  const answers = await readMany('throttle');
  const refused = answers.filter(({ __type }) => `${__type}`.includes('#'));
  expect(refused).toHaveLength(proxy.counts.throttle);
  expect(asked).toHaveLength(40 - proxy.counts.throttle);
});

it('loses answers after the request was carried out', async () => {
  const answers = await readMany('lose-answers');
  const lost = answers.filter(({ error }) => error instanceof Error);
  expect(lost).toHaveLength(proxy.counts['lose-answers']);
  expect(asked.length).toBeGreaterThanOrEqual(40);
});

it('lets iterators expire, and nothing else', async () => {
  const answers = await readMany('expire-iterators');
  const expired = answers.filter(({ __type }) => `${__type}`.endsWith('#ExpiredIteratorException'));
  expect(expired).toHaveLength(proxy.counts['expire-iterators']);
  proxy.setFault('expire-iterators', true);
  for (let n = 0; n < 40; n += 1) {
    expect(await call('PutItem')).toEqual(page);
  }
});

describe('records', () => {
  const idsOf = ({ Records: records }: Record<string, unknown>) => JSON.stringify(records);

  it('come twice, in an answer or by the same iterator again, and none is missing', async () => {
    const answers = await readMany('repeat-records');
    expect(answers.some(({ NextShardIterator }) => NextShardIterator === 'this')).toBe(true);
    expect(answers.some((answer) => idsOf(answer).length > idsOf(page).length)).toBe(true);
    for (const answer of answers) {
      expect(answer.Records).toEqual(expect.arrayContaining(Records));
    }
  });

  it('come in another order, and none is missing', async () => {
    const answers = await readMany('reorder-records');
    expect(answers.some((answer) => idsOf(answer) !== idsOf(page))).toBe(true);
    for (const answer of answers) {
      expect(answer.Records).toHaveLength(Records.length);
      expect(answer.Records).toEqual(expect.arrayContaining(Records));
    }
  });
});

it('breaks the connection while the server is down', async () => {
  server.closeAllConnections();
  server.close();
  await expect(read()).rejects.toThrow();
});
