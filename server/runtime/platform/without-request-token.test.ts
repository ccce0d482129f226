import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamo } from './dynamo.ts';

/** What the network carries: each request's body, and the length that it was announced with. */
const received: { body: string; length: number }[] = [];
const server = createServer(async (request, response) => {
  const body = await text(request);
  received.push({ body, length: Number(request.headers['content-length']) });
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
});
let dynamo: ReturnType<typeof createDynamo>;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`;
  dynamo = createDynamo({ DYNAMODB_ENDPOINT, AWS_REGION: 'us-east-1', TABLE_PREFIX: '' });
});
afterAll(() => {
  dynamo.close();
  server.close();
});

const LOOK_ALIKE = '"ClientRequestToken":"00000000-0000-4000-8000-000000000000"';
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(LOOK_ALIKE, `,${LOOK_ALIKE}`, `{${LOOK_ALIKE}}`, '\\', '"', ',"ClientRequest'),
);

it('sends every transaction without a token, and all else as it was', async () => {
  const anyItem = fc.dictionary(
    fc.oneof(anyText, fc.constant('ClientRequestToken')).filter((name) => name !== '__proto__'),
    anyText,
    { minKeys: 1, maxKeys: 4, noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyItem, { minLength: 1, maxLength: 3 }), async (items) => {
      received.length = 0;
      await dynamo.documents.send(
        new TransactWriteCommand({
          TransactItems: items.map((Item) => ({ Put: { TableName: 't', Item } })),
          ReturnConsumedCapacity: 'NONE',
        }),
      );
      const [request] = received;
      expect(request?.length).toBe(Buffer.byteLength(request?.body ?? ''));
      expect(JSON.parse(request?.body ?? '')).toEqual({
        TransactItems: items.map((item) => ({
          Put: {
            TableName: 't',
            Item: Object.fromEntries(
              Object.entries(item).map(([name, value]) => [name, { S: value }]),
            ),
          },
        })),
        ReturnConsumedCapacity: 'NONE',
      });
    }),
    { numRuns: 300 },
  );
});
