import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { createToken } from '#server/runtime/tokens/manage-tokens.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { toLambdaStreamEvent } from '#server/testing/lambda-stream-event.ts';
import { deposited, opened, toHistory } from '#server/testing/sample-events.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { bundleFunctions, FUNCTIONS, type FunctionName } from './bundle-functions.ts';
import { runFunction } from './run-function.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { store, handler } = createTestWriteSide(dynamo);
const directory = await mkdtemp(join(tmpdir(), 'playhead-functions-'));
let sizes = new Map<FunctionName, number>();

const run = (name: FunctionName, event: unknown) =>
  runFunction(directory, name, event, {
    DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
    TABLE_PREFIX: dynamo.tables.prefix,
    DATABASE_URL: postgres.url,
  });

beforeAll(async () => {
  sizes = await bundleFunctions(directory);
});

afterAll(async () => {
  await rm(directory, { recursive: true });
  await handler.close();
  await postgres.close();
  dynamo.close();
});

it('makes one file of each function, of five megabytes at most', () => {
  expect([...sizes.keys()]).toEqual(FUNCTIONS);
  expect(Math.max(...sizes.values())).toBeLessThan(5_000_000);
});

it('makes functions that bring events to every view, each as a process of its own', async () => {
  const stored = await appendHistory(store, toHistory('A-1', [opened(), deposited(700n)]));
  const event = toLambdaStreamEvent(
    stored.map((item, index) => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: `${index}`, NewImage: marshall(item) },
    })),
  );
  const delivered = await Promise.all([
    run('stream-to-journal', event),
    run('stream-to-hot-views', event),
  ]);
  expect(delivered.map(({ answer }) => answer)).toEqual([
    { batchItemFailures: [] },
    { batchItemFailures: [] },
  ]);
  expect(await getAccountBalance(dynamo, 'A-1')).toMatchObject({ balance: '700', sequence: 2 });
  await run('project-journal', {});
  const { sql } = postgres;
  const rows = await sql`SELECT balance::text, version FROM accounts WHERE account_id = 'A-1'`;
  expect(rows).toEqual([{ balance: '700', version: 2 }]);
});

it('makes a function that answers the API of API Gateway', async () => {
  const scope = {
    name: 'till',
    scopes: ['bank:commands'],
    expiresAt: new Date(Date.now() + 60_000),
  };
  const secret = await createToken(postgres.db, scope, { actor: 'tester' });
  const ask = async (method: string, rawPath: string, body?: unknown) => {
    const { answer } = await run('answer-api', {
      rawPath,
      rawQueryString: '',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)).toString('base64') }),
      isBase64Encoded: true,
      requestContext: { domainName: 'api.example.com', http: { method } },
    });
    return answer;
  };
  const [opening, endless, malformed] = await Promise.all([
    ask('POST', '/api/v1/accounts', { number: 'A-2', owner: 'Ada', currency: 'EUR' }),
    ask('GET', '/api/v1/events/stream'),
    ask('GET', '/api/v1/accounts/%E0%A4%A'),
  ]);
  expect(opening).toMatchObject({ statusCode: 201, headers: { location: '/api/v1/accounts/A-2' } });
  expect(endless).toMatchObject({ statusCode: 404 });
  expect(malformed).toMatchObject({ statusCode: 404 });
  expect(await store.read('account#A-2')).toHaveLength(1);
});
