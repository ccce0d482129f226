import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTables } from './create-tables.ts';
import { createDynamo, type Dynamo, isOnAws } from './dynamo.ts';

/**
 * AWS's side of the wire, as its documentation has it, for the two settings that no engine here
 * knows: it keeps tables in memory, and what was asked of it.
 */
const tables = new Map<string, Record<string, unknown>>();
const backedUp = new Set<string>();
let asked: string[] = [];

function answer(operation: string, input: Record<string, unknown>): object {
  const name = String(input.TableName);
  const found = tables.get(name);
  switch (operation) {
    case 'CreateTable':
      tables.set(name, { ...input, TableStatus: 'ACTIVE' });
      return {};
    case 'UpdateTable':
      tables.set(name, { ...found, ...input });
      return {};
    case 'DescribeTable':
      return found === undefined ? { __type: 'ResourceNotFoundException' } : { Table: found };
    case 'DescribeContinuousBackups': {
      const PointInTimeRecoveryStatus = backedUp.has(name) ? 'ENABLED' : 'DISABLED';
      const PointInTimeRecoveryDescription = { PointInTimeRecoveryStatus };
      return { ContinuousBackupsDescription: { PointInTimeRecoveryDescription } };
    }
    case 'UpdateContinuousBackups':
      backedUp.add(name);
      return {};
    case 'DescribeTimeToLive':
      return {
        TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
      };
    default:
      return { __type: 'UnknownOperationException' };
  }
}

const server = createServer(async (request, response) => {
  const operation = `${request.headers['x-amz-target']}`.split('.').at(-1) ?? '';
  const body = Object(await json(request));
  asked.push(`${operation} ${body.TableName}`);
  const answered = answer(operation, body);
  response.writeHead('__type' in answered ? 400 : 200, {
    'content-type': 'application/x-amz-json-1.0',
  });
  response.end(JSON.stringify(answered));
});
let aws: Dynamo;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`;
  aws = createDynamo({ DYNAMODB_ENDPOINT, AWS_REGION: 'us-east-1', TABLE_PREFIX: 'p-' });
});
beforeEach(() => {
  tables.clear();
  backedUp.clear();
  asked = [];
});
afterAll(() => {
  aws.close();
  server.close();
});

const start = () =>
  createTables(aws.client, aws.tables, { isAws: true, hotViews: TEST_REGISTRY.hotViews });
const changes = () => asked.filter((line) => !line.startsWith('Describe'));

it('protects the events on AWS and what says where they are, and nothing that can be made again', async () => {
  await start();
  const truth = ['p-archived-aggregates', 'p-events'];
  for (const name of truth) {
    expect(tables.get(name)?.DeletionProtectionEnabled).toBe(true);
  }
  expect([...backedUp].sort()).toEqual(truth);
  const others = [...tables].filter(([name]) => !truth.includes(name));
  expect(others).toHaveLength(9);
  expect(others.filter(([, table]) => 'DeletionProtectionEnabled' in table)).toEqual([]);
});

it('finds at each start what is not as it should be, and changes nothing else', async () => {
  await start();
  asked = [];
  await start();
  expect(changes()).toEqual([]);
  tables.set('p-events', { ...tables.get('p-events'), DeletionProtectionEnabled: false });
  backedUp.delete('p-events');
  await start();
  expect(changes().sort()).toEqual(['UpdateContinuousBackups p-events', 'UpdateTable p-events']);
  expect(tables.get('p-events')?.DeletionProtectionEnabled).toBe(true);
});

it('asks for neither elsewhere', async () => {
  await createTables(aws.client, aws.tables);
  expect(backedUp.size).toBe(0);
  expect(asked.filter((line) => line.startsWith('DescribeContinuousBackups'))).toEqual([]);
});

it.each([
  [undefined, true],
  ['https://dynamodb.eu-central-1.amazonaws.com', true],
  ['https://vpce-1.dynamodb.cn-north-1.vpce.amazonaws.com.cn', true],
  ['http://127.0.0.1:8000', false],
  ['https://amazonaws.com.example', false],
])('takes %s for AWS: %s', (DYNAMODB_ENDPOINT, expected) => {
  expect(isOnAws({ DYNAMODB_ENDPOINT })).toBe(expected);
});
