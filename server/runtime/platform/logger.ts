import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Env } from './env.ts';
import { toErrorFields } from './error-fields.ts';
import { createLogDestination } from './log-destination.ts';

export type Logger = PinoLogger;

/**
 * Structured logs on standard output (or `destination`), one JSON object per line; never a secret or
 * an amount. An error goes into the field `err`, beside a
 * message of the log's own. What is retried is logged when it begins, when its
 * reason changes, and when it is over: not per attempt. Logging never throws (see `createLogDestination`).
 */
export function createLogger(
  env: Pick<Env, 'LOG_LEVEL'>,
  name: string,
  destination: DestinationStream = createStandardOutput(),
): Logger {
  const options = {
    level: env.LOG_LEVEL,
    base: { process: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => toErrorFields(error) },
  };
  return pino(options, destination);
}

/** The log's own lines never fail there; what libraries print may, and must not end the process. */
function createStandardOutput(): DestinationStream {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(ignore)) {
      stream.on('error', ignore);
    }
  }
  return createLogDestination(process.stdout.fd);
}

const ignore = () => {};
