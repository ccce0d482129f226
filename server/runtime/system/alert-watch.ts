import { toResponseChanges } from '#lib/quiet-alerts.ts';
import { toAlerts } from '#lib/to-alerts.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { createFault } from '#server/runtime/stream/fault.ts';
import { endAlertResponse, listAlertResponses, lowerSeen } from './alert-responses.ts';
import type { SystemFacts } from './system-facts.ts';
import type { SystemWatch } from './system-watch.ts';
import { toSystemState } from './to-system-state.ts';

const INTERVAL_MS = 5_000;

type Options = {
  readonly db: Db;
  readonly watch: Pick<SystemWatch, 'readFacts'>;
  readonly logger: Logger;
};

/**
 * Ends acknowledgements whose alert is over or has become worse, and snoozes whose time has come, until it
 * is stopped: what comes back is then new. Without any of them it asks PostgreSQL for that alone.
 */
export function startAlertWatch({ db, watch, logger }: Options): {
  readonly stop: () => Promise<void>;
} {
  const pause = createWakeSignal();
  const fault = createFault(logger, 'alerts');
  let isStopping = false;

  async function run(): Promise<void> {
    while (!isStopping) {
      await reviewAlertResponses({ db, watch }).then(fault.clear, fault.note);
      await pause.sleep(INTERVAL_MS);
    }
  }

  const running = run();
  return {
    stop: async () => {
      isStopping = true;
      pause.wake();
      await running;
    },
  };
}

/**
 * Looks at every acknowledgement and snooze once. While anything is unknown no alert counts as over. Throws
 * PostgreSQL's errors.
 */
export async function reviewAlertResponses({
  db,
  watch,
}: Pick<Options, 'db' | 'watch'>): Promise<void> {
  const responses = await listAlertResponses(db);
  if (responses.length === 0) {
    return;
  }
  const facts = await watch.readFacts();
  const state = toSystemState(facts);
  if (!isAllKnown(facts, state)) {
    return;
  }
  const now = facts.now.getTime();
  const { ended, lowered } = toResponseChanges(responses, toAlerts(state, now), now);
  for (const response of ended) {
    await endAlertResponse(db, response);
  }
  for (const { response, seen } of lowered) {
    await lowerSeen(db, response, seen);
  }
}

function isAllKnown(
  { areTroublesKnown }: SystemFacts,
  { health, views }: ReturnType<typeof toSystemState>,
): boolean {
  return (
    areTroublesKnown && health.status === 'ok' && views.every(({ state }) => state !== 'unknown')
  );
}
