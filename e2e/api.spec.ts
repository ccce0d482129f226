import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { createApiClient } from '#lib/api-client/create-api-client.ts';
import { ROOT } from '#server/local/launcher-settings.ts';
import { expect, test } from './fixtures.ts';
import { runOps } from './run-ops.ts';

const run = promisify(execFile);
const secretSchema = z.object({ secret: z.string() });

/** The secret of a new token of these scopes. */
async function makeToken(...scopes: string[]): Promise<string> {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  const made = await runOps('tokens', 'create', '--name', name, '--scope', ...scopes, '--json');
  return secretSchema.parse(JSON.parse(made)).secret;
}

test('a plain Python script registers a user and reads them', async ({ baseURL }) => {
  const hasPython = await run('python3', ['--version']).then(
    () => true,
    () => false,
  );
  test.skip(!hasPython, 'There is no python3 on this machine.');
  const userId = `py-${randomUUID().slice(0, 8)}`;
  const env = {
    ...process.env,
    PLAYHEAD_URL: baseURL,
    PLAYHEAD_TOKEN: await makeToken('users:commands', 'users:view'),
  };
  const script = join(ROOT, 'docs/guides/users.py');
  const { stdout } = await run('python3', [script, userId], { env });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const user = { UserID: userId, Name: 'Alice', Email: `${userId}@example.com`, Balance: 0 };
  expect(lines).toEqual([
    [
      200,
      {
        message: 'Event stored',
        aggregate_id: userId,
        event_type: 'USER_CREATED',
        sequence: expect.any(String),
      },
    ],
    [200, user],
    [true],
    [400, { message: 'Missing user_id' }],
    [404, { message: 'User not found' }],
    [400, { message: expect.stringContaining('A command has user_id') }],
  ]);
});

test('what a browser is signed in as is nobody for the programs’ API', async ({ request }) => {
  const response = await request.get('/api/v1/accounts');
  expect(response.status()).toBe(401);
  expect(response.headers()['content-type']).toBe('application/problem+json');
});

test('the API is tried on its page, by a token', async ({ page }) => {
  await page.goto('/api-docs');
  const entry = page.getByRole('group').filter({ hasText: 'Lists accounts' });
  await entry.getByText('/api/v1/accounts', { exact: true }).click();
  await expect(entry.getByRole('button', { name: 'A token is needed' })).toBeDisabled();
  await page.getByLabel('A token’s secret').fill(await makeToken('bank:view'));
  await entry.getByLabel('limit').fill('1');
  await entry.getByRole('button', { name: 'Send GET' }).click();
  const answer = entry.getByRole('status', { name: 'Answer of GET /api/v1/accounts' });
  await expect(answer).toContainText('200 OK');
  await expect(answer).toContainText('rel="next"');
  await expect(answer).toContainText('"items"');
});

test('a program opens an account, pays in, and reads its own write', async ({ baseURL }) => {
  const token = await makeToken('bank:commands', 'bank:view');
  const call = createApiClient(baseURL ?? '', token);
  const number = `API-${randomUUID().slice(0, 8)}`.toUpperCase();
  const opened = await call('POST /accounts', { body: { number, owner: 'Ada', currency: 'EUR' } });
  expect(opened).toMatchObject({ ok: true, status: 201 });
  const path = { accountId: number };
  const request = { path, body: { amount: '7.00', currency: 'EUR' } };
  const headers = { 'Idempotency-Key': randomUUID() };
  for (const duplicate of [false, true]) {
    const paid = await call('POST /accounts/{accountId}/deposits', { ...request, headers });
    expect(paid).toMatchObject({ ok: true, answer: { duplicate } });
  }
  const query = { consistency: 'wait', sequence: 2, timeout: 15_000 } as const;
  const read = await call('GET /accounts/{accountId}', { path, query });
  expect(read).toMatchObject({ ok: true, answer: { account: { balance: '700', version: 2 } } });
  const refused = await call('POST /accounts/{accountId}/closure', { path, body: {} });
  expect(refused).toMatchObject({ ok: false, problem: { code: 'BALANCE_NOT_ZERO' } });
});
