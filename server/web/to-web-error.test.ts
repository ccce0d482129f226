import { expect, it } from 'vitest';
import { toWebError } from './to-web-error.ts';

it('tells a full disk of PostgreSQL from a server that does not answer', () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  const gone = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(toWebError(full)).toMatchObject({
    code: 'POSTGRES_UNAVAILABLE',
    message: 'PostgreSQL has no room left on its disk. Free some, then try again.',
  });
  expect(toWebError(gone)).toMatchObject({
    code: 'POSTGRES_UNAVAILABLE',
    message: 'PostgreSQL does not answer. Check that it is running, then try again.',
  });
});
