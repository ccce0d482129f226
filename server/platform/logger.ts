import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Env } from './env.ts';
import { toErrorFields } from './error-fields.ts';

export type Logger = PinoLogger;

/**
 * Structured logs on standard output (or `destination`), one JSON object per line; never a secret or
 * an amount. An error goes into the field `err`, beside a
 * message of the log's own. What is retried is logged when it begins, when its
 * reason changes, and when it is over: not per attempt.
 */
export function createLogger(
  env: Pick<Env, 'LOG_LEVEL'>,
  process: string,
  destination?: DestinationStream,
): Logger {
  const options = {
    level: env.LOG_LEVEL,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => toErrorFields(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
