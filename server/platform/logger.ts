import { type Logger as PinoLogger, pino } from 'pino';
import type { Env } from './env.ts';

export type Logger = PinoLogger;

/** Structured logs on standard output, one JSON object per line; never a secret or an amount. */
export function createLogger(env: Pick<Env, 'LOG_LEVEL'>, process: string): Logger {
  return pino({
    level: env.LOG_LEVEL,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
