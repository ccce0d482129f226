import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { parseLauncherSettings, ROOT, toArchiveSetting } from './launcher-settings.ts';

const DATABASE_URL = 'postgres://me@db.example/playhead';

it('has a default for everything', () => {
  expect(parseLauncherSettings({ PORT: '' })).toEqual({
    port: 3000,
    url: 'http://127.0.0.1:3000',
    dataDir: resolve(ROOT, '.data'),
    external: {},
    isSignInOff: false,
  });
});

it('uses the engines that are named', () => {
  const settings = parseLauncherSettings({ DYNAMODB_ENDPOINT: 'http://dynamo:8000', DATABASE_URL });
  expect(settings.external).toEqual({
    dynamodb: { endpoint: 'http://dynamo:8000' },
    databaseUrl: DATABASE_URL,
  });
});

it('goes to AWS only when credentials and a database are both set', () => {
  const AWS_PROFILE = 'work';
  expect(parseLauncherSettings({ AWS_PROFILE }).external).toEqual({});
  expect(parseLauncherSettings({ DATABASE_URL }).external).toEqual({ databaseUrl: DATABASE_URL });
  expect(parseLauncherSettings({ AWS_PROFILE, DATABASE_URL }).external.dynamodb).toBe('aws');
});

it.each([
  { PORT: 'eighty' },
  { PORT: '70000' },
  { DATABASE_URL: 'mysql://db' },
  { DYNAMODB_ENDPOINT: 'dynamo' },
])('refuses %o and names the setting', (source) => {
  const [name = ''] = Object.keys(source);
  const refused = expect.toSatisfy(
    (error) => isPlayheadError(error, 'NOT_CONFIGURED') && error.message.includes(name),
  );
  expect(() => parseLauncherSettings(source)).toThrow(refused);
});

it.each([
  { DATABASE_URL: 'postgres://a@db.example/a' },
  { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' },
  { PLAYHEAD_HOSTS: 'console.example.com' },
])('lets nobody in without a sign-in where others can come: %j', (others) => {
  const off = { PLAYHEAD_SIGN_IN: 'off' };
  expect(parseLauncherSettings(off).isSignInOff).toBe(true);
  expect(() => parseLauncherSettings({ ...off, ...others })).toThrow(/PLAYHEAD_SIGN_IN=off/);
});

it('archives beside the embedded DynamoDB where no archive is named', () => {
  const embedded = { dataDir: '/data', external: {} };
  expect(toArchiveSetting(embedded, { ARCHIVE_URL: '' })).toEqual({
    ARCHIVE_URL: 'file:///data/archive',
  });
  expect(toArchiveSetting(embedded, { ARCHIVE_URL: 's3://bucket' })).toEqual({});
  expect(toArchiveSetting({ dataDir: '/data', external: { dynamodb: 'aws' } }, {})).toEqual({});
});
