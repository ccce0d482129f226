import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeCursor, parseCursor } from './cursor.ts';

const schema = z.object({ position: z.number().int(), owner: z.string() });

describe('a cursor', () => {
  it('comes back as it went, in characters that a URL takes', () => {
    const place = { position: 9_007_199_254_740_991, owner: 'Žofie & “Söhne” 😀' };
    const cursor = encodeCursor(place);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(parseCursor(schema, cursor)).toEqual(place);
  });

  it.each([
    '',
    'x',
    '%%%',
    encodeCursor({ position: 1 }),
    encodeCursor({ position: 1.5, owner: '' }),
    encodeCursor({ position: 1, owner: 'a\0b' }),
    encodeCursor({ position: 2 ** 53, owner: '' }),
  ])('is refused when it is %j', (cursor) => {
    expect(() => parseCursor(schema, cursor)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', field: 'cursor' }),
    );
  });
});
