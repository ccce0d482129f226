import { describe, expect, it, vi } from 'vitest';
import { apiErrorSchema } from '#lib/contracts/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toJsonAnswer, withJsonErrors } from './json-answer.ts';

async function fail(cause: unknown) {
  const onError = vi.fn();
  const response = await withJsonErrors(() => Promise.reject(cause), onError);
  const { error } = apiErrorSchema.parse(await response.json());
  return { status: response.status, error, onError, headers: response.headers };
}

const withCode = (message: string, fields: object) => Object.assign(new Error(message), fields);

describe('an answer', () => {
  it('is JSON that nobody keeps', async () => {
    const response = await withJsonErrors(async () => toJsonAnswer({ a: 1 }, 503), vi.fn());
    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ a: 1 });
  });
});

describe('a failed answer', () => {
  it('has the code, the sentence and the field, and the status of its code', async () => {
    const cause = new PlayheadError('INVALID_INPUT', 'Too long.', { field: 'q' });
    const { status, error, headers } = await fail(cause);
    expect(status).toBe(400);
    expect(error).toEqual({ code: 'INVALID_INPUT', message: 'Too long.', field: 'q' });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['ACCOUNT_NOT_FOUND', 404],
    ['WAIT_TIMED_OUT', 504],
    ['DYNAMODB_UNAVAILABLE', 503],
  ] as const)('of %s has the status %d', async (code, status) => {
    expect((await fail(new PlayheadError(code, 'No.'))).status).toBe(status);
  });

  it('knows an engine that does not answer, under Drizzle’s error too', async () => {
    const refused = withCode('connect ECONNREFUSED', { code: 'ECONNREFUSED' });
    const wrapped = new Error('Failed query: select secret', { cause: refused });
    for (const cause of [refused, wrapped]) {
      expect(await fail(cause)).toMatchObject({
        status: 503,
        error: { code: 'POSTGRES_UNAVAILABLE' },
      });
    }
    const aws = withCode('connect ECONNREFUSED', { code: 'ECONNREFUSED', $metadata: {} });
    expect((await fail(aws)).error.code).toBe('DYNAMODB_UNAVAILABLE');
  });

  it('gives nothing of the inside away, and hands the cause to the log', async () => {
    const cause = new Error('secret at /srv/app/file.ts');
    const { status, error, onError } = await fail(cause);
    expect(status).toBe(500);
    expect(error.code).toBe('UNEXPECTED');
    expect(JSON.stringify(error)).not.toMatch(/secret|file\.ts/);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ cause }));
  });
});
