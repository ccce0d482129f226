import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { createOutageWatch } from './outage-watch.ts';
import { toWebError } from './to-web-error.ts';

const testDynamo = await createTestDynamo();
const testPostgres = await createTestPostgres();
const proxies = {
  postgresql: await createTcpProxy(testPostgres.url),
  dynamodb: await createTcpProxy(getTestDynamoEndpoint()),
};
const { db, close } = createPostgres(
  { DATABASE_URL: proxies.postgresql.url },
  { application: 'outage-test', max: 2 },
);
const dynamo = createDynamo({
  DYNAMODB_ENDPOINT: proxies.dynamodb.url,
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: testDynamo.tables.events.replace(/events$/, ''),
});

afterAll(async () => {
  dynamo.close();
  await close();
  await proxies.postgresql.close();
  await proxies.dynamodb.close();
  await testPostgres.close();
  testDynamo.close();
});

const TIMEOUT = { timeout: 20_000, interval: 10 };
const lines: string[] = [];
const logger = createLogger({ LOG_LEVEL: 'info' }, 'web', {
  write: (line: string) => {
    lines.push(line);
  },
});
const outages = createOutageWatch({ db, dynamo, logger, probeIntervalMs: 20 });
const entries = () => lines.map((line) => JSON.parse(line));

const ASK = {
  postgresql: () => db.execute(sql`SELECT 1`),
  dynamodb: () => dynamo.documents.send(new GetCommand({ TableName: dynamo.tables.events, Key })),
};
const Key = { aggregateId: 'account#A', eventSequence: 1 };

it.each(['postgresql', 'dynamodb'] as const)(
  'logs once that %s is gone, and once that it is back',
  async (store) => {
    lines.length = 0;
    proxies[store].cut();
    for (let request = 1; request <= 5; request += 1) {
      await ASK[store]().catch((error) => outages.note(toWebError(error)));
    }
    const begun = { level: 40, store, msg: 'requests cannot be answered' };
    expect(entries()).toEqual([
      expect.objectContaining({ ...begun, error: expect.stringContaining('does not answer') }),
    ]);
    proxies[store].restore();
    await expect.poll(entries, TIMEOUT).toHaveLength(2);
    const over = { level: 30, store, msg: 'requests are answered again' };
    expect(entries()[1]).toMatchObject({ ...over, since: expect.any(String) });
    outages.note({ code: 'ACCOUNT_NOT_FOUND', message: 'There is none.' });
    expect(entries()).toHaveLength(2);

    // The next one is a new one.
    proxies[store].cut();
    await ASK[store]().catch((error) => outages.note(toWebError(error)));
    expect(entries()).toHaveLength(3);
    proxies[store].restore();
    await expect.poll(entries, TIMEOUT).toHaveLength(4);
  },
);
