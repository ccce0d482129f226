import { and, eq } from 'drizzle-orm';
import type { AlertResponse } from '#lib/contracts/alerts.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { alertResponses } from './alert-responses-table.ts';

/** Every acknowledgement and snooze. Throws PostgreSQL's errors. */
export async function listAlertResponses(db: Db): Promise<AlertResponse[]> {
  const rows = await db.select().from(alertResponses);
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    until: row.until?.toISOString() ?? null,
  }));
}

/** Acknowledges an alert, or snoozes it where `until` is a time, in place of what was said of it before. */
export async function respondToAlert(
  db: Db,
  response: Pick<AlertResponse, 'alert' | 'title' | 'seen' | 'until'>,
  operator: Operator,
): Promise<void> {
  const { alert, title, seen, until } = response;
  const { actor: by, reason = '' } = operator;
  const fields = { title, seen, by, reason, at: new Date(), until: until ? new Date(until) : null };
  await db.transaction(async (tx) => {
    await tx
      .insert(alertResponses)
      .values({ alert, ...fields })
      .onConflictDoUpdate({ target: alertResponses.alert, set: fields });
    const action = until === null ? 'acknowledge-alert' : 'snooze-alert';
    await recordOperatorAction(tx, operator, action, title, {
      alert,
      seen,
      ...(until !== null && { until }),
    });
  });
}

/** Takes an acknowledgement or a snooze back. False where there is none; nothing was changed then. */
export async function takeBackAlertResponse(
  db: Db,
  { alert, title }: Pick<AlertResponse, 'alert' | 'title'>,
  operator: Operator,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const removed = await tx
      .delete(alertResponses)
      .where(eq(alertResponses.alert, alert))
      .returning();
    if (removed.length === 0) {
      return false;
    }
    await recordOperatorAction(tx, operator, 'show-alert-again', title, { alert });
    return true;
  });
}

const isSame = ({ alert, at }: Pick<AlertResponse, 'alert' | 'at'>) =>
  and(eq(alertResponses.alert, alert), eq(alertResponses.at, new Date(at)));

/** Ends an acknowledgement or a snooze that holds no longer, unless an operator has made a new one. */
export async function endAlertResponse(db: Db, response: AlertResponse): Promise<void> {
  await db.delete(alertResponses).where(isSame(response));
}

/** Remembers that an alert has become smaller, unless an operator has made a new response. */
export async function lowerSeen(db: Db, response: AlertResponse, seen: number): Promise<void> {
  await db.update(alertResponses).set({ seen }).where(isSame(response));
}
