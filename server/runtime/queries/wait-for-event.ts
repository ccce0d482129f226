import type { ViewFreshness } from '#lib/contracts/system.ts';
import type { NotificationSource } from '#server/runtime/platform/notifications.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { SystemWatch } from '#server/runtime/system/system-watch.ts';
import { type WaitDeps, waitForProjection } from '#server/runtime/views/wait-for.ts';

export type WaitForEventDeps = {
  readonly db: Db;
  readonly notifications: NotificationSource;
  /** The waiting ends with it. */
  readonly signal?: AbortSignal;
  /** Tells whether a view still moves; without it the waiting ends by its time-out alone. */
  readonly systemWatch?: Pick<SystemWatch, 'read'>;
};

/** So often it is asked whether the view still moves, in milliseconds. */
const LOOK_INTERVAL_MS = 500;

const STILL: readonly ViewFreshness['state'][] = ['paused', 'stopped', 'stuck'];

/**
 * Resolves once all of `projectionNames` hold the aggregate's event `sequence`, and at once without
 * one. Throws WAIT_TIMED_OUT after `timeout` milliseconds; EVENT_BLOCKED and VIEW_STANDS_STILL as soon
 * as it is known that waiting does not help.
 */
export async function waitForEvent(
  { db, notifications, signal, systemWatch }: WaitForEventDeps,
  projectionNames: readonly string[],
  aggregateId: string,
  { sequence, timeout }: { readonly sequence?: number | undefined; readonly timeout: number },
): Promise<void> {
  if (sequence !== undefined) {
    const token = { aggregateId, sequence };
    const deps = {
      db,
      notifications,
      ...(signal ? { signal } : {}),
      ...(systemWatch ? { watchStanding: toWatchStanding(systemWatch) } : {}),
    };
    await Promise.all(projectionNames.map((name) => waitForProjection(deps, name, token, timeout)));
  }
}

/** Asks beside the waiting, which it does not hold up. */
function toWatchStanding(watch: Pick<SystemWatch, 'read'>): NonNullable<WaitDeps['watchStanding']> {
  return (projectionName, tell) => {
    const look = async () => {
      const { views } = await watch.read();
      const view = views.find((each) => each.view === projectionName);
      if (view && STILL.includes(view.state)) {
        const reason = view.reason ?? 'nobody knows why.';
        tell(/[.!?]$/.test(reason) ? reason : `${reason}.`);
      }
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_INTERVAL_MS);
    return () => clearInterval(timer);
  };
}
