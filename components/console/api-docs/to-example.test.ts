import { expect, it } from 'vitest';
import { toExample } from './to-example.ts';

it('has what is required, in its type', () => {
  const schema = {
    type: 'object',
    properties: {
      owner: { type: 'string' },
      currency: { enum: ['EUR', 'USD'] },
      limit: { type: 'integer', default: 50 },
      tags: { type: 'array' },
      of: { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] },
      secret: { type: 'boolean' },
      left: { type: 'string' },
    },
    required: ['owner', 'currency', 'limit', 'tags', 'of', 'secret'],
  };
  expect(toExample(schema)).toEqual({
    owner: '',
    currency: 'EUR',
    limit: 50,
    tags: [],
    of: { count: 0 },
    secret: false,
  });
  expect(toExample({})).toBe('');
});
