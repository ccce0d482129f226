import { expect, it } from 'vitest';
import { toConnectionTarget } from '#server/runtime/platform/connection-target.ts';
import { withDatabaseUrl } from './read-database-url.ts';

const SETTINGS = {
  DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:playhead-worker',
  DATABASE_HOST: 'proxy.example.com',
  DATABASE_NAME: 'playhead',
  LOG_LEVEL: 'debug',
};
const SECRET = { username: 'playhead_worker', password: 'a/b@c:d%20e?', engine: 'postgres' };

it('connects to the proxy as the role of the secret, over TLS that is verified', async () => {
  const asked: string[] = [];
  const { DATABASE_URL = '', LOG_LEVEL } = await withDatabaseUrl(SETTINGS, async (id) => {
    asked.push(id);
    return JSON.stringify(SECRET);
  });
  expect(asked).toEqual([SETTINGS.DATABASE_SECRET_ARN]);
  expect(LOG_LEVEL).toBe('debug');
  expect(toConnectionTarget(DATABASE_URL)).toMatchObject({
    host: 'proxy.example.com',
    port: 5432,
    database: 'playhead',
    user: SECRET.username,
    password: SECRET.password,
    tls: { rejectUnauthorized: true },
  });
});

it('leaves a DATABASE_URL alone', async () => {
  const source = { DATABASE_URL: 'postgres://x@127.0.0.1/y' };
  expect(await withDatabaseUrl(source, () => expect.fail('no secret is asked for'))).toBe(source);
});

it.each([undefined, 'no JSON', '{"username":"x"}'])('refuses the secret %j', async (secret) => {
  const refused = withDatabaseUrl(SETTINGS, async () => secret);
  await expect(refused).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
});

it('says which settings are missing', async () => {
  const refused = withDatabaseUrl({ DATABASE_HOST: 'x' }, () => expect.fail('none is asked for'));
  await expect(refused).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
});
