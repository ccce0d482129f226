import { expect, it } from 'vitest';
import { toAddress } from './send-request.ts';

it('fills an address, and leaves out what is empty', () => {
  const endpoint = { path: '/api/v1/a/{id}/b/{to}', parts: ['id', 'to'], query: ['q', 'limit'] };
  expect(toAddress(endpoint, { id: 'A/1', to: 'ü', q: 'a b', limit: '' })).toBe(
    '/api/v1/a/A%2F1/b/%C3%BC?q=a+b',
  );
  expect(toAddress(endpoint, {})).toBe('/api/v1/a//b/');
});
