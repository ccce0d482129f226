import { expect, it } from 'vitest';
import { toEngineEnvironment, toServerEnvironment } from './child-environment.ts';

const env: NodeJS.ProcessEnv = {
  NODE_ENV: 'test',
  PATH: '/bin',
  TZ: 'Europe/Prague',
  NODE_OPTIONS: '--max-old-space-size=1024',
  DATABASE_URL: 'postgres://user:secret@db.example.com/playhead',
  AWS_SECRET_ACCESS_KEY: 'secret',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=secret',
  GITHUB_TOKEN: 'secret',
  PGPASSWORD: 'secret',
};

it('gives the web server and the worker their settings, and nothing that is not theirs', () => {
  const { GITHUB_TOKEN: _, PGPASSWORD: __, ...theirs } = env;
  expect(toServerEnvironment(env)).toEqual(theirs);
});

it('gives a database server no settings and no credentials', () => {
  expect(toEngineEnvironment(env)).toEqual({
    NODE_ENV: 'test',
    PATH: '/bin',
    TZ: 'Europe/Prague',
  });
});
