import { createServer, type Socket } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createDynamo } from './dynamo.ts';
import { classifyDynamoError, mayHaveBeenCarriedOut } from './dynamo-errors.ts';

it('gives up on an endpoint that takes requests and never answers', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const dynamo = createDynamo({
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: '',
  });

  const get = new GetCommand({ TableName: 'commands', Key: { commandId: 'c-1' } });
  const error: unknown = await dynamo.documents.send(get).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'TimeoutError' });
  expect(classifyDynamoError(error)).toBe('transient');
  expect(mayHaveBeenCarriedOut(error)).toBe(true);

  dynamo.close();
  for (const socket of sockets) {
    socket.destroy();
  }
  silent.close();
}, 30_000);
