import { PlayheadError } from '#lib/playhead-error.ts';
import type { AccountState } from '#server/domain/account/account-state.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { foldEvent } from '#server/event-store/fold-events.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import { checkSequence, requireVersion } from './require-version.ts';

export const MAX_FRAMES = 500;

/** An account after one event; sequence 0 is before its opening, without an event. */
export type StateFrame = {
  readonly sequence: number;
  readonly event: StoredEvent | undefined;
  readonly state: AccountState;
};

/**
 * Consecutive frames, `from` to `to` (both included; `to` may lie past the newest event), and the
 * account's newest sequence. Throws INVALID_INPUT for a range over MAX_FRAMES or backwards,
 * ACCOUNT_NOT_FOUND, SEQUENCE_NOT_FOUND and EVENT_UNREADABLE.
 */
export async function getFrames(
  store: EventStore,
  accountId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ frames: StateFrame[]; version: number }> {
  const isRange = Number.isInteger(from) && Number.isInteger(to);
  if (!isRange || to < from || to - from >= MAX_FRAMES) {
    const sentence = `Ask for 1 to ${MAX_FRAMES} frames in ascending order, not ${from} to ${to}.`;
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  const aggregateId = toAggregateId(accountId);
  const [version, start, events] = await Promise.all([
    requireVersion(store, accountId),
    store.loadAt(aggregateId, Math.max(from - 1, 0)),
    store.read(aggregateId, { from: Math.max(from, 1), to }),
  ]);
  checkSequence(accountId, from, version);

  const frames: StateFrame[] = [];
  if (from === 0) {
    frames.push({ sequence: 0, event: undefined, state: start.state });
  }
  let loaded = start;
  for (const event of events) {
    loaded = foldEvent(loaded, toRecordedEvent(event));
    frames.push({ sequence: loaded.version, event, state: loaded.state });
  }
  return { frames, version: Math.max(version, loaded.version) };
}
