import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listParam, pageParams, parseQuery, textParam, waitParams } from './parse-query.ts';

const schema = z.object({
  q: textParam,

  type: listParam,
  ...pageParams,
  ...waitParams,
});
const parse = (search: string) => parseQuery(schema, new URLSearchParams(search));

describe('the parameters of a request', () => {
  it('have their defaults, also where they are empty', () => {
    const defaults = { type: [], limit: 50, timeout: 5_000 };
    expect(parse('')).toEqual(defaults);
    expect(parse('q=&type=&limit=&sequence=&cursor=')).toEqual(defaults);
  });

  it('may be given several times where they are a list', () => {
    expect(parse('type=A').type).toEqual(['A']);
    expect(parse('type=A&type=&type=B').type).toEqual(['A', 'B']);
  });

  it('lose what PostgreSQL cannot compare', () => {
    expect(parse('q=%00a%00&type=%00b')).toMatchObject({ q: 'a', type: ['b'] });
  });

  it.each([
    ['q=a&q=b', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['sequence=0', 'sequence'],
    ['sequence=2147483648', 'sequence'],
    ['sequence=1.5', 'sequence'],
    ['timeout=60000', 'timeout'],
  ])('are refused by name: %s', (search, field) => {
    expect(() => parse(search)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', field }),
    );
  });
});
