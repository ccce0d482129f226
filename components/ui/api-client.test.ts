import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { fetchApi, toSearch } from './api-client.ts';

const schema = z.object({ name: z.string() });

function answer(status: number, body: unknown) {
  vi.stubGlobal('fetch', async () => Response.json(body, { status }));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('fetchApi', () => {
  it('parses the answer', async () => {
    answer(200, { name: 'accounts', more: 1 });
    expect(await fetchApi(schema, '/api/x')).toEqual({ name: 'accounts' });
  });

  it('throws the server’s code and sentence', async () => {
    answer(400, { error: { code: 'INVALID_INPUT', message: 'sort: unknown.' } });
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'sort: unknown.',
      status: 400,
    });
  });

  it('knows when a busy server wants to be asked again', async () => {
    const body = { error: { code: 'TOO_MANY_SEARCHES', message: 'Too many.' } };
    const headers = { 'Retry-After': '2' };
    vi.stubGlobal('fetch', async () => Response.json(body, { status: 429, headers }));
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({ retryAfterMs: 2_000 });
    answer(429, body);
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({ retryAfterMs: null });
  });

  it('takes a failing status for an answer where it is one', async () => {
    answer(503, { name: 'degraded' });
    expect(await fetchApi(schema, '/api/health', { answers: [503] })).toEqual({ name: 'degraded' });
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({ code: 'UNEXPECTED' });
  });

  it('says when an answer has another shape', async () => {
    answer(200, { name: 7 });
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  it('says when nobody answers, and leaves an abort as it is', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(fetchApi(schema, '/api/x')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      status: 0,
    });
    const signal = AbortSignal.abort();
    await expect(fetchApi(schema, '/api/x', { signal })).rejects.toThrow('Failed to fetch');
  });
});

it('repeats the name of a list, and leaves out what is empty', () => {
  expect(toSearch({ q: '', type: ['A', 'B'], cursor: null, limit: 50 })).toBe(
    '?type=A&type=B&limit=50',
  );
  expect(toSearch({ q: '', type: [] })).toBe('');
});
