import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseInput } from './parse-input.ts';

const schema = z.object({
  to: z.string().max(3),
  links: z.array(z.object({ to: z.string('This is no text.') })).default([]),
});
const labels = { to: 'To service', links: 'Links' };

test.each<[object, object, object]>([
  [
    { to: 'abcd' },
    labels,
    { code: 'TEXT_TOO_LONG', message: 'To service: more than 3 characters.' },
  ],
  [
    { to: 'a', links: [{ to: 1 }] },
    labels,
    { code: 'INVALID_INPUT', field: 'links.0.to', message: 'Links: This is no text.' },
  ],
  [{ to: 'abcd' }, {}, { code: 'TEXT_TOO_LONG', message: 'To: more than 3 characters.' }],
])('%j is refused in the words of the form: %j', (input, given, error) => {
  expect(() => parseInput(schema, input, { ...given })).toThrow(expect.objectContaining(error));
});
