import { expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { readFrom } from '#server/testing/read-metric.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { measureQuery } from './measure-query.ts';
import { createWebMetrics } from './web-metrics.ts';

const ask = (respond: () => Promise<Response>) => {
  const metrics = createWebMetrics(TEST_REGISTRY);
  const request = new Request('http://127.0.0.1:3000/api/accounts/CZ-1/ledger?q=Ada');
  const answer = measureQuery(metrics, request, respond);
  const count = (status: string) =>
    readFrom(metrics, 'playhead_query_duration_seconds_count', {
      route: '/api/accounts/[accountId]/ledger',
      status,
    });
  return { answer, count, metrics };
};

it('counts an answer by its route and status', async () => {
  const response = new Response('{}', { status: 200 });
  const { answer, count, metrics } = ask(async () => response);
  expect(await answer).toBe(response);
  expect(await count('200')).toBe(1);
  expect(await metrics.registry.metrics()).not.toMatch(/CZ-1|Ada/);
});

it('counts what is thrown by the status that it becomes', async () => {
  const error = new PlayheadError('ACCOUNT_NOT_FOUND', 'There is none.');
  const { answer, count } = ask(() => Promise.reject(error));
  await expect(answer).rejects.toBe(error);
  expect(await count('404')).toBe(1);

  const unexpected = ask(() => Promise.reject(new TypeError('x')));
  await expect(unexpected.answer).rejects.toThrow(TypeError);
  expect(await unexpected.count('500')).toBe(1);
});
