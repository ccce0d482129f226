import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let bank: TestBank;
let dataDir: string;
beforeAll(async () => {
  bank = await createTestBank();
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-ops-'));
});
afterAll(async () => {
  await bank.close();
  await rm(dataDir, { recursive: true });
});

/** Starts the command line as a process of its own, on the bank of this suite. */
function start(...args: readonly string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'server/ops/main.ts', ...args], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      PLAYHEAD_DATA_DIR: dataDir,
      DATABASE_URL: bank.postgres.url,
      DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
      TABLE_PREFIX: bank.dynamo.tables.events.replace(/events$/, ''),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function exitCodeOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit');
  return code;
}

it('answers on standard output alone, and ends with 0', async () => {
  const child = start('open', '--account', 'P-1', '--owner', 'Ann', '--currency', 'EUR', '--json');
  const [code, out, err] = await Promise.all([
    exitCodeOf(child),
    text(child.stdout),
    text(child.stderr),
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ tokens: [{ aggregateId: 'account#P-1', sequence: 1 }] });
});

it('ends with 1 when it is refused', async () => {
  const child = start('close', '--account', 'NOBODY');
  const [code, out, err] = await Promise.all([
    exitCodeOf(child),
    text(child.stdout),
    text(child.stderr),
  ]);
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'ACCOUNT_NOT_FOUND: There is no account NOBODY.\n',
  });
});

it('does not mind a reader that has seen enough', async () => {
  await bank.postgres.db.execute(sql`
    INSERT INTO accounts
    SELECT 'X' || n, 'X' || n, 'Ann', 'EUR', 0, 0, 'open', now(), NULL, now(), 1
    FROM generate_series(1, 20000) AS n`);
  const child = start('accounts', '--json');
  const [code, err] = await Promise.all([
    exitCodeOf(child),
    text(child.stderr),
    once(child.stdout, 'data').then(() => child.stdout.destroy()),
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
