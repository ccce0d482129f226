import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { sdkError } from '#server/testing/dynamo-faults.ts';
import { categorize, toFailure } from './failure.ts';

const ofPostgres = (code: string) =>
  new DrizzleQueryError('insert $1', ['secret'], Object.assign(new Error('said so'), { code }));
const ofAws = (name: string) => sdkError(name, { $metadata: { httpStatusCode: 400 } });

describe('categorize', () => {
  it.each([
    ['a constraint', ofPostgres('23505'), 'constraint'],
    ['a number out of range', ofPostgres('22003'), 'constraint'],
    ['an index row that is too large', ofPostgres('54000'), 'constraint'],
    ['a deadlock', ofPostgres('40P01'), 'transient'],
    ['a lost connection', ofPostgres('ECONNRESET'), 'transient'],
    ['a missing table, which concerns every event', ofPostgres('42P01'), 'transient'],
    ['a missing permission', ofPostgres('42501'), 'transient'],
    ['a parameter that the handler left undefined', ofPostgres('UNDEFINED_VALUE'), 'handler'],
    ['an item that DynamoDB refuses', ofAws('ValidationException'), 'constraint'],
    ['throttling', ofAws('ThrottlingException'), 'transient'],
    ['a missing DynamoDB table', ofAws('ResourceNotFoundException'), 'transient'],
    ['a network that is gone', Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'transient'],
    ['an event that cannot be read', new PlayheadError('EVENT_UNREADABLE', 'x'), 'unreadable'],
    ['a gap', new PlayheadError('SEQUENCE_GAP', 'x'), 'gap'],
    ['DynamoDB not answering', new PlayheadError('DYNAMODB_UNAVAILABLE', 'x'), 'transient'],
    ['a bug', new TypeError('x is undefined'), 'handler'],
    ['a row that is not one', z.string().safeParse(1).error, 'handler'],
    ['something thrown that is no error', 'oops', 'handler'],
  ])('%s', (_, error, category) => {
    expect(categorize(error)).toBe(category);
  });

  it('blames an item of a cancelled transaction for what is in it only', () => {
    const cancelled = (...codes: string[]) =>
      sdkError('TransactionCanceledException', {
        $metadata: {},
        CancellationReasons: codes.map((Code) => ({ Code })),
      });
    expect(categorize(cancelled('None', 'ValidationError'))).toBe('constraint');
    expect(categorize(cancelled('None', 'TransactionConflict'))).toBe('transient');
  });
});

describe('toFailure', () => {
  const event = { aggregateId: 'account#A-17', eventId: 'e-1' };

  it('gives the same mistake in other events the same group', () => {
    const of = (id: string, sequence: number) =>
      toFailure(new Error(`Before: event account#${id}/${sequence} of ${id}.`), {
        aggregateId: `account#${id}`,
      });
    expect(of('A-17', 4)).toMatchObject({ errorGroup: 'Before: event …/# of ….' });
    expect(of('B', 23)).toMatchObject({ errorGroup: 'Before: event …/# of ….' });
  });

  it('keeps what can be kept: bounded, without NUL', () => {
    const failure = toFailure(new Error(`\0${'x'.repeat(5_000)}`), event);
    expect(failure).toMatchObject({ category: 'handler' });
    if (failure !== 'transient') {
      expect(failure.error).toHaveLength(1_000);
      expect(failure.stack).toHaveLength(2_000);
      expect(`${failure.error}${failure.errorGroup}${failure.stack}`).not.toContain('\0');
    }
  });

  it('leaves the statement and its parameters out', () => {
    const failure = toFailure(ofPostgres('23505'), event);
    expect(failure).toMatchObject({
      error: 'said so',
      stack: expect.stringMatching(/^Error: said so/),
    });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it('knows nothing to keep of what passes', () => {
    expect(toFailure(ofPostgres('40001'), event)).toBe('transient');
  });
});
