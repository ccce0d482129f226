import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

/** DynamoDB asks to slow down: the request was not carried out. */
const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ThrottlingError',
  'LimitExceededException',
]);

/** Transient by name; server faults (5xx) are too, whatever their name. */
const TRANSIENT = new Set([
  ...THROTTLING,
  'TransactionConflictException',
  'TransactionInProgressException',
  'ReplicatedWriteConflictException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
]);

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const NOT_ALLOWED = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** The connection was never made, so nothing was carried out. */
const NOT_SENT = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** Why an item of a cancelled transaction failed, where trying again may help. */
const TRANSIENT_REASONS = new Set([
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

/** How the embedded engine says it, which keeps its tables in SQLite. */
const DISK_FULL = /database or disk is full/;

const cancelledSchema = z.object({
  name: z.literal('TransactionCanceledException'),
  CancellationReasons: z.array(z.object({ Code: z.string().default('None') })),
});

const sdkErrorSchema = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
});

/** Whether the same request may well succeed later: throttling, the network, the engine itself. */
export function classifyDynamoError(error: unknown): 'transient' | 'permanent' {
  if (error instanceof PlayheadError) {
    return ['THROTTLED', 'CONTENTION', 'DYNAMODB_UNAVAILABLE'].includes(error.code)
      ? 'transient'
      : 'permanent';
  }
  const reasons = cancellationCodes(error)?.filter((reason) => reason !== 'None') ?? [];
  if (reasons.length > 0) {
    return reasons.every((reason) => TRANSIENT_REASONS.has(reason)) ? 'transient' : 'permanent';
  }
  const { name, code, status } = faultOf(error);
  return TRANSIENT.has(name) || NETWORK.has(code) || status >= 500 ? 'transient' : 'permanent';
}

/** Whether DynamoDB refused an item for what is in it: too large, too deep, a number out of range. */
export function isRefusedItem(error: unknown): boolean {
  return (
    faultOf(error).name === 'ValidationException' ||
    (cancellationCodes(error) ?? []).includes('ValidationError')
  );
}

/**
 * One code per item of a cancelled transaction, in the order of its items; 'None' for those that
 * were in order. Undefined when `error` is something else.
 */
export function cancellationCodes(error: unknown): string[] | undefined {
  const parsed = cancelledSchema.safeParse(error);
  return parsed.success ? parsed.data.CancellationReasons.map(({ Code }) => Code) : undefined;
}

/** Whether the request may have been carried out all the same, its answer lost on the way. */
export function mayHaveBeenCarriedOut(error: unknown): boolean {
  const { name, code } = faultOf(error);
  return (
    classifyDynamoError(error) === 'transient' &&
    cancellationCodes(error) === undefined &&
    !THROTTLING.has(name) &&
    !NOT_SENT.has(code)
  );
}

/**
 * The PlayheadError for whatever the SDK threw (which is its `cause`): THROTTLED, CONTENTION (of
 * transactions), DYNAMODB_UNAVAILABLE, NOT_CONFIGURED (a table or a permission is missing), else
 * UNEXPECTED.
 */
export function toDynamoError(error: unknown): PlayheadError {
  if (error instanceof PlayheadError) {
    return error;
  }
  const { name, message } = faultOf(error);
  const options = { cause: error };
  if (classifyDynamoError(error) === 'transient') {
    const reasons = cancellationCodes(error) ?? [];
    if (reasons.includes('TransactionConflict')) {
      const sentence = 'Others are writing to the same items at this moment. Try again shortly.';
      return new PlayheadError('CONTENTION', sentence, options);
    }
    if (THROTTLING.has(name) || reasons.length > 0) {
      const sentence = 'DynamoDB is at its limit. Try again shortly.';
      return new PlayheadError('THROTTLED', sentence, options);
    }
    const sentence = DISK_FULL.test(message)
      ? 'DynamoDB has no room left on its disk. Free some, then try again.'
      : 'DynamoDB does not answer. Check that it is running, then try again.';
    return new PlayheadError('DYNAMODB_UNAVAILABLE', sentence, options);
  }
  if (name === 'ResourceNotFoundException') {
    const sentence =
      'A DynamoDB table is missing. Check AWS_REGION, DYNAMODB_ENDPOINT and TABLE_PREFIX, ' +
      'or create the tables by starting Playhead.';
    return new PlayheadError('NOT_CONFIGURED', sentence, options);
  }
  if (NOT_ALLOWED.has(name)) {
    const sentence = `DynamoDB refused the credentials (${name}). Check them and their permissions.`;
    return new PlayheadError('NOT_CONFIGURED', sentence, options);
  }
  return new PlayheadError('UNEXPECTED', `DynamoDB refused the request (${name}).`, {
    cause: new Error(message, options),
  });
}

function faultOf(error: unknown) {
  const parsed = sdkErrorSchema.safeParse(error);
  return parsed.success
    ? {
        name: parsed.data.name,
        message: parsed.data.message,
        code: parsed.data.code ?? '',
        status: parsed.data.$metadata?.httpStatusCode ?? 0,
      }
    : { name: 'unknown', message: String(error), code: '', status: 0 };
}
