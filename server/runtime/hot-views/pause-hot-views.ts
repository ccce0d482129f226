import { setTimeout as sleep } from 'node:timers/promises';
import { recordHotAction } from '#server/runtime/dead-letters/hot-actions.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { putConsumerPause, removeConsumerPause } from '#server/runtime/stream/consumer-pause.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { createLeaseWatch } from '#server/runtime/stream/lease-watch.ts';
import { LEASE_SETTINGS } from '#server/runtime/stream/stream-settings.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';

/** The consumer that feeds every hot view: they are paused together. */
export const HOT_CONSUMER = 'hot-views';

const LOOK_INTERVAL_MS = 50;

/**
 * Pauses the hot views until they are resumed, whatever is started or stopped meanwhile. Resolves when
 * every worker has finished its batch and given its shards back: events change no item any more then.
 * False when they were paused already. Throws DynamoDB's errors.
 */
export async function pauseHotViews(dynamo: Dynamo, operator: Operator): Promise<boolean> {
  const { actor, reason = null } = operator;
  const pause = { at: new Date().toISOString(), by: actor, reason };
  const isChanged = await putConsumerPause(dynamo, HOT_CONSUMER, pause);
  await untilReleased(dynamo);
  if (isChanged) {
    await recordHotAction(dynamo, operator, 'pause', HOT_CONSUMER, {});
  }
  return isChanged;
}

/** Lets the hot views go on where they were. False when they were not paused. */
export async function resumeHotViews(dynamo: Dynamo, operator: Operator): Promise<boolean> {
  const isChanged = await removeConsumerPause(dynamo, HOT_CONSUMER);
  if (isChanged) {
    await recordHotAction(dynamo, operator, 'resume', HOT_CONSUMER, {});
  }
  return isChanged;
}

/** A lease that is not given back, and not renewed, is a dead worker's. */
async function untilReleased(dynamo: Dynamo): Promise<void> {
  const watch = createLeaseWatch(LEASE_SETTINGS.leaseMs);
  for (;;) {
    const leases = await listLeases(dynamo, HOT_CONSUMER);
    watch.see(leases);
    if (leases.every((lease) => lease.owner === null || watch.isExpired(lease))) {
      return;
    }
    await sleep(LOOK_INTERVAL_MS);
  }
}
