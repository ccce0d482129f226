import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  healthSchema,
  type ProjectionStatus,
  projectionLagSchema,
} from '#lib/contracts/queries.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { putHeartbeat, type WorkerReport } from '#server/runtime/platform/worker-heartbeat.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import { pauseProjection } from '#server/runtime/views/pause-projection.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTcpProxy, type TcpProxy } from '#server/testing/tcp-proxy.ts';
import { getHealth } from './health.ts';
import { getProjectionLagAnswer } from './projection-lag.ts';

let bank: TestBank;
let proxies: { dynamodb: TcpProxy; postgresql: TcpProxy };
let dynamo: Dynamo;
let postgres: Postgres;
const now = () => new Date();

function connectDynamo(endpoint: string): Dynamo {
  const env = { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'us-east-1', TABLE_PREFIX: '' };
  return { ...createDynamo(env), tables: bank.dynamo.tables };
}

function connectPostgres(url: string): Postgres {
  return createPostgres({ DATABASE_URL: url }, { application: 'health-test', max: 1 });
}

beforeAll(async () => {
  bank = await createTestBank();
  proxies = {
    dynamodb: await createTcpProxy(getTestDynamoEndpoint()),
    postgresql: await createTcpProxy(bank.postgres.url),
  };
  dynamo = connectDynamo(proxies.dynamodb.url);
  postgres = connectPostgres(proxies.postgresql.url);
});

afterAll(async () => {
  dynamo.close();
  await postgres.close();
  await proxies.dynamodb.close();
  await proxies.postgresql.close();
  await bank.close();
});

async function whileCut<Answer>(proxy: TcpProxy, ask: () => Promise<Answer>): Promise<Answer> {
  proxy.cut();
  try {
    return await ask();
  } finally {
    proxy.restore();
    // Cut connections are found out by the next one to use them.
    await vi.waitFor(async () => {
      const { dynamodb, postgresql } = await askHealth();
      expect([dynamodb.state, postgresql.state]).toEqual(['up', 'up']);
    }, 15_000);
  }
}

/** Asks anew: what was known a moment ago is no answer here. */
const watch = (on = { dynamo, postgres }, timeoutMs = 10_000) =>
  createSystemWatch({
    dynamo: on.dynamo,
    db: on.postgres.db,
    store: bank.store,
    registered: bank.registered,
    now,
    timeoutMs,
  });
const askHealth = async () => healthSchema.parse(await getHealth(watch()));
const askLag = async () => projectionLagSchema.parse(await getProjectionLagAnswer(watch()));

const LONG_AGO = '2026-01-01T00:00:00.000Z';

function report(seenAt: Date, error: string | null = null): Promise<void> {
  const heartbeat: WorkerReport = {
    workerId: 'worker-1',
    pid: 1,
    startedAt: seenAt.toISOString(),
    seenAt: seenAt.toISOString(),
    consumers: [],
    projectors: TEST_REGISTRY.views.map(({ name }) => ({
      name,
      error: name === 'accounts' ? error : null,
      errorSince: name === 'accounts' && error !== null ? LONG_AGO : null,
    })),
  };
  return putHeartbeat(bank.dynamo, heartbeat);
}

describe('health', () => {
  it('is ok when everything is up', async () => {
    await report(now());
    expect(await askHealth()).toEqual({
      status: 'ok',
      web: { state: 'up' },
      worker: { state: 'up' },
      dynamodb: { state: 'up' },
      postgresql: { state: 'up' },
      projections: TEST_REGISTRY.views.map(({ name }) => ({ name, ...RUNNING })),
    });
  });

  it('knows a worker that has gone, and what one meets that is there', async () => {
    await report(new Date(Date.now() - 60_000));
    expect(await askHealth()).toMatchObject({ status: 'degraded', worker: { state: 'down' } });
    await report(now(), 'the disk is full');
    expect((await askHealth()).worker).toEqual({
      state: 'up',
      detail: 'accounts: the disk is full',
    });
  });

  it('says that PostgreSQL is down, and nothing worse', async () => {
    await report(now());
    expect(await whileCut(proxies.postgresql, askHealth)).toMatchObject({
      status: 'degraded',
      worker: { state: 'up' },
      dynamodb: { state: 'up' },
      postgresql: { state: 'down', detail: expect.stringMatching(/./) },
    });
  });

  it('says that DynamoDB is down, and the worker unknown', async () => {
    expect(await whileCut(proxies.dynamodb, askHealth)).toMatchObject({
      status: 'degraded',
      worker: { state: 'unknown' },
      dynamodb: { state: 'down', detail: expect.stringContaining('does not answer') },
      postgresql: { state: 'up' },
    });
  });

  it('does not wait for engines that hang', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const hanging = {
      dynamo: connectDynamo(`http://127.0.0.1:${port}`),
      postgres: connectPostgres(`postgres://127.0.0.1:${port}/silent`),
    };
    const startedAt = performance.now();
    const health = await getHealth(watch(hanging, 2_000));
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    hanging.dynamo.close();
    await hanging.postgres.close();
    silent.close();
    expect(health).toMatchObject({
      worker: { state: 'unknown' },
      dynamodb: { state: 'down' },
      postgresql: { state: 'down' },
      projections: [],
    });
  });
});

const STUCK = { status: 'stuck', reason: 'the disk is full', since: LONG_AGO };
const RUNNING = { status: 'running', reason: null, since: null };
const toFaring = ({ status, reason, since }: Omit<ProjectionStatus, 'name'>) => ({
  status,
  reason,
  since,
});

describe('the lag of projections', () => {
  it('shows where each is and how its projector fares', async () => {
    await report(now(), 'the disk is full');
    await bank.run(openAccount, { number: 'LAG-1', owner: 'Ada', currency: 'EUR' });
    await bank.run(deposit, { accountId: 'LAG-1', amount: '1', currency: 'EUR' });
    await bank.settle();
    const { head, projections } = await askLag();
    expect(head).toBe(2);
    expect(projections.map(({ name, ...rest }) => ({ name, ...toFaring(rest) }))).toEqual(
      TEST_REGISTRY.views.map(({ name }) =>
        name === 'accounts' ? { name, ...STUCK } : { name, ...RUNNING },
      ),
    );
    expect(projections.map(({ position, eventsBehind }) => [position, eventsBehind])).toEqual(
      TEST_REGISTRY.views.map(() => [2, 0]),
    );
  });

  it('is shown without the workers’ reports, by what PostgreSQL knows', async () => {
    const { projections } = await whileCut(proxies.dynamodb, askLag);
    expect(projections.map(toFaring)).toEqual(TEST_REGISTRY.views.map(() => RUNNING));
  });

  it('says who paused what', async () => {
    await report(now());
    const [projection] = TEST_REGISTRY.views;
    const operator = { actor: 'olga', reason: 'Ticket 7' };
    await pauseProjection(bank.postgres.db, projection ?? { name: '', version: 1 }, operator);
    const expected = { status: 'paused', reason: 'Paused by olga: Ticket 7' };
    expect((await askLag()).projections[0]).toMatchObject(expected);
    expect((await askHealth()).projections[0]).toMatchObject({ name: 'accounts', ...expected });
    expect(await askHealth()).toMatchObject({ status: 'ok' });
  });
});
