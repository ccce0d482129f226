import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { NotificationSource } from '#server/platform/notifications.ts';
import type { Db } from '#server/platform/postgres.ts';
import { waitForProjection } from '#server/projections/wait-for.ts';

type WaitDeps = { readonly db: Db; readonly notifications: NotificationSource };

/**
 * Resolves once all of `projectionNames` hold the account's event `sequence`, and at once without
 * one. Throws WAIT_TIMED_OUT after `timeout` milliseconds.
 */
export async function waitForEvent(
  deps: WaitDeps,
  projectionNames: readonly string[],
  accountId: string,
  { sequence, timeout }: { readonly sequence?: number | undefined; readonly timeout: number },
): Promise<void> {
  if (sequence !== undefined) {
    const token = { aggregateId: toAggregateId(accountId), sequence };
    await Promise.all(projectionNames.map((name) => waitForProjection(deps, name, token, timeout)));
  }
}
