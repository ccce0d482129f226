import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { ConnectionError } from './connection-error.ts';
import { classifyPostgresError, isStopped, toPostgresSentence } from './postgres-errors.ts';

const withCode = (code: string, message = 'said so', detail?: string) =>
  Object.assign(new Error(message), { code, detail });
const wrapped = (cause: Error) => new DrizzleQueryError('select $1', ['secret 100.00'], cause);

describe('classifyPostgresError', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '08006', '40001', '40P01', '53300', '57P01', '57P03'])(
    'takes %s for transient, by itself and under Drizzle',
    (code) => {
      expect(classifyPostgresError(withCode(code))).toBe('transient');
      expect(classifyPostgresError(wrapped(withCode(code)))).toBe('transient');
    },
  );

  it.each([
    'CONNECTION_LOST',
    'NO_FREE_CONNECTION',
    'POOL_CLOSED',
    'POOL_FULL',
    'WORK_TIMED_OUT',
  ] as const)('takes %s, which is no answer of PostgreSQL’s, for transient', (code) => {
    expect(classifyPostgresError(new ConnectionError(code))).toBe('transient');
    expect(classifyPostgresError(wrapped(new ConnectionError(code)))).toBe('transient');
  });

  it.each(['23505', '23502', '22003', '22P05', '42P01', '42703'])(
    'takes %s for permanent',
    (code) => {
      expect(classifyPostgresError(wrapped(withCode(code)))).toBe('permanent');
    },
  );

  it('takes everything that is not PostgreSQL’s for permanent', () => {
    expect(classifyPostgresError(new PlayheadError('EVENT_UNREADABLE', 'x'))).toBe('permanent');
    expect(classifyPostgresError(new TypeError('x'))).toBe('permanent');
    expect(classifyPostgresError('x')).toBe('permanent');
  });
});

it('knows a statement that was stopped, which a worker tries again', () => {
  const stopped = wrapped(withCode('57014', 'canceling statement due to statement timeout'));
  expect(isStopped(stopped)).toBe(true);
  expect(classifyPostgresError(stopped)).toBe('transient');
  expect(isStopped(wrapped(withCode('57P01')))).toBe(false);
});

describe('toPostgresSentence', () => {
  it('says what PostgreSQL said, without the statement and its parameters', () => {
    const cause = withCode('23505', 'duplicate key', 'Key (a)=(1) already exists.');
    expect(toPostgresSentence(wrapped(cause))).toBe('duplicate key (Key (a)=(1) already exists.)');
  });

  it('leaves out the row, which holds amounts, of a constraint on it', () => {
    const cause = withCode('23514', 'violates "positive"', 'Failing row contains (A, -12300).');
    expect(toPostgresSentence(cause)).toBe('violates "positive"');
  });

  it('falls back to the code where there is no message', () => {
    expect(toPostgresSentence(withCode('ECONNREFUSED', ''))).toBe('ECONNREFUSED');
  });

  it('leaves a PlayheadError’s own sentence alone', () => {
    const error = new PlayheadError('EVENT_UNREADABLE', 'Event 3.', { cause: new Error('zod') });
    expect(toPostgresSentence(error)).toBe('Event 3.');
  });
});
