import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Env } from './env.ts';
import { toExactNumber } from './exact-number.ts';
import { type TableNames, toTableNames } from './table-names.ts';
import { withoutRequestToken } from './without-request-token.ts';

/** DynamoDB as a process sees it: clients for items and for streams, and the tables' names. */
export type Dynamo = {
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
  readonly tables: TableNames;
  readonly close: () => void;
};

/**
 * Connects to AWS, or to `DYNAMODB_ENDPOINT`. Retries are the callers': what may be repeated safely
 * is theirs to know, and the SDK's own retries would hide throttling from them.
 */
export function createDynamo(
  env: Pick<Env, 'DYNAMODB_ENDPOINT' | 'AWS_REGION' | 'TABLE_PREFIX'>,
): Dynamo {
  const options = {
    region: env.AWS_REGION,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      // Without it the handler only logs a warning, and waits for ever.
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 128 },
      httpsAgent: { keepAlive: true, maxSockets: 128 },
    }),
    ...toEndpointOptions(env.DYNAMODB_ENDPOINT),
  };
  const client = new DynamoDBClient(options);
  withoutRequestToken(client);
  const streams = new DynamoDBStreamsClient(options);
  const documents = DynamoDBDocumentClient.from(client, {
    // A number beyond 2^53 is written with the digits that it shows, and reads back as the same one.
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    // The SDK's own way throws at numbers that JavaScript has not, and with it the whole page.
    unmarshallOptions: { wrapNumbers: toExactNumber },
  });
  const close = () => {
    documents.destroy();
    client.destroy();
    streams.destroy();
  };
  return { client, documents, streams, tables: toTableNames(env.TABLE_PREFIX), close };
}

/** Whether these settings mean AWS itself: no endpoint, or one of AWS's own. */
export function isOnAws({ DYNAMODB_ENDPOINT: endpoint }: Pick<Env, 'DYNAMODB_ENDPOINT'>): boolean {
  return endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

/** The loopback's own names; all of 127.0.0.0/8 is the loopback. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * A client's options for an endpoint; none for AWS's own. Engines on this machine check no credentials,
 * but the SDK wants some.
 */
export function toEndpointOptions(endpoint: string | undefined) {
  if (endpoint === undefined) {
    return {};
  }
  const isLocal = LOOPBACK.test(new URL(endpoint).hostname);
  return isLocal
    ? { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : { endpoint };
}
