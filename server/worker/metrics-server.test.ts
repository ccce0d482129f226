import { createServer, request } from 'node:http';
import { Counter, Registry } from 'prom-client';
import { afterEach, expect, it, vi } from 'vitest';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { type MetricsServer, startMetricsServer } from './metrics-server.ts';

const lines: string[] = [];
const logger = createLogger({ LOG_LEVEL: 'info' }, 'test', {
  write: (line: string) => {
    lines.push(line);
  },
});
const running: MetricsServer[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.splice(0).map((server) => server.stop()));
  lines.length = 0;
});

function start(port: number): MetricsServer {
  const registry = new Registry();
  new Counter({ name: 'playhead_tests_total', help: 'Tests', registers: [registry] }).inc(3);
  const server = startMetricsServer(registry, { port, hosts: ['prometheus.example.com'], logger });
  running.push(server);
  return server;
}

it('answers GET /metrics, and nothing else', async () => {
  const url = `http://127.0.0.1:${await start(0).listening}`;
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await answer.text()).toContain('playhead_tests_total 3\n');
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
});

it.each([
  [200, { host: 'localhost:PORT' }],
  [200, { host: 'prometheus.example.com' }],
  [421, { host: 'evil.com:PORT' }],
  [421, { host: '127.0.0.1.evil.com:PORT' }],
  [421, { host: '127.0.0.1:1' }],
  [403, { host: '127.0.0.1:PORT', origin: 'http://evil.com' }],
  [403, { host: '127.0.0.1:PORT', 'sec-fetch-site': 'cross-site' }],
])('answers %i to %o', async (status, { host, ...others }) => {
  const port = await start(0).listening;
  const url = `http://127.0.0.1:${port}/metrics`;
  const headers = { host: host.replace('PORT', `${port}`), ...others };
  const answered = new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(await answered).toBe(status);
});

it('waits for a port that is taken, and says so once', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => {
      const address = holder.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const server = start(port);
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await expect.poll(() => vi.getTimerCount()).toBe(1);
  await new Promise((resolve) => holder.close(resolve));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await server.listening).toBe(port);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, port, error: expect.stringContaining('EADDRINUSE') },
    { level: 30, port },
  ]);
});

it('stops while it waits for a port', async () => {
  const port = await start(0).listening;
  const waiting = start(port);
  await expect.poll(() => lines.length).toBe(2);
  await waiting.stop();
});
