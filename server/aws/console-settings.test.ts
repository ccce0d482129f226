import { expect, it } from 'vitest';
import { toConsoleSettings } from './console-settings.ts';

const GIVEN = {
  DATABASE_HOST: 'db.example.com',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'playhead',
  OWNER_PASSWORD: 'o/1',
  WEB_PASSWORD: 'w@2',
  WORKER_PASSWORD: 'k3',
};

it('connects each process as its own role, with the certificate verified', () => {
  const { env, roles } = toConsoleSettings(GIVEN);
  const query = 'sslmode=verify-full&sslrootcert=%2Fetc%2Fssl%2Frds.pem';
  expect(env).toEqual({
    DATABASE_URL: `postgres://playhead_owner:o%2F1@db.example.com:5432/playhead?${query}`,
    WEB_DATABASE_URL: `postgres://playhead_web:w%402@db.example.com:5432/playhead?${query}`,
    WORKER_DATABASE_URL: `postgres://playhead_worker:k3@db.example.com:5432/playhead?${query}`,
  });
  expect(roles).toEqual([
    { name: 'playhead_web', password: 'w@2' },
    { name: 'playhead_worker', password: 'k3' },
  ]);
});

it('says what is missing', () => {
  expect(() => toConsoleSettings({ ...GIVEN, WEB_PASSWORD: undefined })).toThrow('WEB_PASSWORD');
});
