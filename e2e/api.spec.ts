import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
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
