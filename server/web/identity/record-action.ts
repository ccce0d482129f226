import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { toAddress } from './request-origin.ts';

/** Adds to the record of actions what a request came to; `headers` are the request's. */
export type RecordAction = (
  headers: Headers,
  operator: Operator,
  action: string,
  subject: string,
  effect?: Record<string, unknown>,
) => Promise<void>;

/** What cannot be recorded is in the log: who is refused stays refused while PostgreSQL is down. */
export function createRecordAction({
  db,
  logger,
}: {
  readonly db: Db;
  readonly logger: Logger;
}): RecordAction {
  return async (headers, operator, action, subject, effect) => {
    const origin = toAddress(headers);
    try {
      await recordOperatorAction(db, { ...operator, origin }, action, subject, effect);
    } catch (err) {
      logger.warn({ err, action, subject, origin }, 'An action could not be recorded');
    }
  };
}
