import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { openSql } from '#server/testing/sql.ts';
import { getRunningChildren, stopOrphans } from './child-records.ts';
import { startDynamoEngine } from './dynamo-engine.ts';
import { startEngines } from './engines.ts';
import { startPostgresEngine } from './postgres-engine.ts';

let dataDir = '';

beforeEach(async () => {
  // mkdtemp gives it the mode 700, so as root this is also the directory that PostgreSQL's own user
  // may not enter.
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-engines-'));
});

afterEach(async () => {
  await stopOrphans(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and over a kill, whatever the stale lock says', async () => {
    const first = await startPostgresEngine({ dataDir });
    await query(first.databaseUrl, 'create table kept (number int)');
    await query(first.databaseUrl, 'insert into kept values (1)');
    await first.stop();

    const second = await startPostgresEngine({ dataDir });
    await query(second.databaseUrl, 'insert into kept values (2)');
    const lock = join(dataDir, 'postgres', 'postmaster.pid');
    const lines = (await readFile(lock, 'utf8')).split('\n');
    process.kill(second.pid, 'SIGKILL');
    await second.exited;
    // A number that lives, but is somebody else's: this process's own.
    await writeFile(lock, [process.pid, ...lines.slice(1)].join('\n'));

    const third = await startPostgresEngine({ dataDir });
    const rows = await query(third.databaseUrl, 'select number from kept order by number');
    expect(rows).toEqual([{ number: 1 }, { number: 2 }]);
    await third.stop();
    expect(await getRunningChildren(dataDir)).toEqual([]);
  });

  it('keeps its password to its owner and out of the log, and listens on the loopback', async () => {
    const engine = await startPostgresEngine({ dataDir });
    const file = join(dataDir, 'postgres-password');
    const password = await readFile(file, 'utf8');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, 'logs', 'postgres.log'), 'utf8')).not.toContain(password);
    const wrong = engine.databaseUrl.replace(password, 'guess');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
    await expectLoopbackOnly(engine.port);
    await engine.stop();
  });

  it('starts in a directory that other users may enter', async () => {
    await chmod(dataDir, 0o755);
    const engine = await startPostgresEngine({ dataDir });
    expect(await query(engine.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await engine.stop();
  });
});

describe('the embedded DynamoDB', () => {
  it('keeps its data over a kill, and its indexes', async () => {
    const first = await startDynamoEngine({ dataDir });
    const before = connect(first.endpoint);
    await createTables(before.client, before.tables);
    const TableName = before.tables.commands;
    await before.documents.send(new PutCommand({ TableName, Item: { commandId: 'c-1' } }));
    await expectLoopbackOnly(first.port, first.host);
    if (process.platform === 'linux') {
      expect(first.host).toMatch(/^127\./);
      expect(await accepts('127.0.0.1', first.port)).toBe(false);
      expect(first.host).not.toBe('127.0.0.1');
    }
    before.close();
    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    const second = await startDynamoEngine({ dataDir });
    const after = connect(second.endpoint);
    const found = await after.documents.send(
      new GetCommand({ TableName, Key: { commandId: 'c-1' } }),
    );
    expect(found.Item).toEqual({ commandId: 'c-1' });
    after.close();
    await second.stop();
    const file = await readFile(join(dataDir, 'dynamodb', 'data.sqlite'), 'latin1');
    expect(file).toContain('CREATE INDEX playhead_stream_sequence');
    expect(file).toContain('CREATE INDEX playhead_stream_records');
  });
});

describe('startEngines', () => {
  it('restarts an engine that dies, on its port and with its data', async () => {
    const lines: string[] = [];
    const engines = await startEngines(dataDir, {}, (line) => lines.push(line));
    const { DATABASE_URL } = engines.settings;
    await query(DATABASE_URL, 'create table kept ()');
    for (const { pid } of await getRunningChildren(dataDir)) {
      process.kill(pid, 'SIGKILL');
    }
    await expect
      .poll(() => lines.filter((line) => line.endsWith('is running again.')), { timeout: 20_000 })
      .toHaveLength(2);
    expect(await query(DATABASE_URL, 'select * from kept')).toEqual([]);
    await engines.stop();
    expect(await getRunningChildren(dataDir)).toEqual([]);
  });

  it('starts nothing where everything is external', async () => {
    const databaseUrl = 'postgres://me@db.example/bank';
    const engines = await startEngines(dataDir, { dynamodb: 'aws', databaseUrl }, () => {});
    expect(engines.settings).toEqual({ DATABASE_URL: databaseUrl });
    expect(await getRunningChildren(dataDir)).toEqual([]);
    await engines.stop();
  });
});

function connect(endpoint: string): Dynamo {
  return createDynamo({
    DYNAMODB_ENDPOINT: endpoint,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: 'kept-',
  });
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const sql = openSql(url, { max: 1 });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
}

async function expectLoopbackOnly(port: number, host = '127.0.0.1'): Promise<void> {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of addresses) {
    expect(await accepts(address, port), address).toBe(false);
  }
  expect(await accepts(host, port)).toBe(true);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
