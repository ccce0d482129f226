import { describe, expect, it } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  cancellationCodes,
  classifyDynamoError,
  mayHaveBeenCarriedOut,
  toDynamoError,
} from './dynamo-errors.ts';

const sdkError = (name: string, fields: object = {}) =>
  Object.assign(new Error(`raw ${name}`), { name, ...fields });
const cancelled = (...codes: string[]) =>
  sdkError('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
    $metadata: { httpStatusCode: 400 },
  });

describe('DynamoDB errors', () => {
  it.each([
    ['throttling', sdkError('ThrottlingException'), 'THROTTLED'],
    ['exceeded throughput', sdkError('ProvisionedThroughputExceededException'), 'THROTTLED'],
    ['a throttled transaction', cancelled('None', 'ThrottlingError'), 'THROTTLED'],
    ['a conflict of transactions', cancelled('TransactionConflict', 'None'), 'CONTENTION'],
    ['a refused connection', sdkError('Error', { code: 'ECONNREFUSED' }), 'DYNAMODB_UNAVAILABLE'],
    ['a lost connection', sdkError('Error', { code: 'ECONNRESET' }), 'DYNAMODB_UNAVAILABLE'],
    ['a time-out', sdkError('TimeoutError'), 'DYNAMODB_UNAVAILABLE'],
    [
      'a fault of the server',
      sdkError('Unheard', { $metadata: { httpStatusCode: 503 } }),
      'DYNAMODB_UNAVAILABLE',
    ],
  ])('takes %s as transient', (_, error, code) => {
    expect(classifyDynamoError(error)).toBe('transient');
    expect(toDynamoError(error)).toMatchObject({ code, cause: error });
    expect(classifyDynamoError(toDynamoError(error))).toBe('transient');
  });

  it.each([
    ['a missing table', sdkError('ResourceNotFoundException'), 'NOT_CONFIGURED'],
    ['refused credentials', sdkError('UnrecognizedClientException'), 'NOT_CONFIGURED'],
    ['missing credentials', sdkError('CredentialsProviderError'), 'NOT_CONFIGURED'],
    ['a wrong request', sdkError('ValidationException'), 'UNEXPECTED'],
    ['a failed condition', sdkError('ConditionalCheckFailedException'), 'UNEXPECTED'],
    ['a failed condition in a transaction', cancelled('ConditionalCheckFailed'), 'UNEXPECTED'],
    [
      'a failed condition beside a conflict',
      cancelled('ConditionalCheckFailed', 'TransactionConflict'),
      'UNEXPECTED',
    ],
    ['a bug', new TypeError('x is not a function'), 'UNEXPECTED'],
    ['what is no error', 'text', 'UNEXPECTED'],
  ])('takes %s as permanent', (_, error, code) => {
    expect(classifyDynamoError(error)).toBe('permanent');
    expect(toDynamoError(error).code).toBe(code);
  });

  it('shows nobody what the SDK says', () => {
    expect(toDynamoError(sdkError('ValidationException')).message).not.toContain('raw');
  });

  it('leaves a PlayheadError as it is', () => {
    const error = new PlayheadError('EVENT_UNREADABLE', 'broken');
    expect(toDynamoError(error)).toBe(error);
    expect(classifyDynamoError(error)).toBe('permanent');
  });

  it('hands out the reasons of a cancelled transaction in the order of its items', () => {
    expect(cancellationCodes(cancelled('None', 'ConditionalCheckFailed'))).toEqual([
      'None',
      'ConditionalCheckFailed',
    ]);
    expect(cancellationCodes(sdkError('ThrottlingException'))).toBeUndefined();
  });

  it.each([
    [true, sdkError('TimeoutError')],
    [true, sdkError('Error', { code: 'ECONNRESET' })],
    [true, sdkError('InternalServerError')],
    [false, sdkError('Error', { code: 'ECONNREFUSED' })],
    [false, sdkError('ThrottlingException')],
    [false, sdkError('ValidationException')],
    [false, cancelled('TransactionConflict')],
  ])('says %s to whether it may have been carried out after %s', (expected, error) => {
    expect(mayHaveBeenCarriedOut(error)).toBe(expected);
  });
});

it('says that the disk of the embedded engine is full', () => {
  const error = Object.assign(new Error('commit failed (backend: database or disk is full)'), {
    name: 'InternalServerError',
    $metadata: { httpStatusCode: 500 },
  });
  expect(toDynamoError(error)).toMatchObject({
    code: 'DYNAMODB_UNAVAILABLE',
    message: 'DynamoDB has no room left on its disk. Free some, then try again.',
  });
});
