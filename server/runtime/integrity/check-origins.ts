import { isBroken } from '#server/runtime/event-store/delivered-event.ts';
import {
  getCommandRecords,
  type KeptRecord,
} from '#server/runtime/event-store/get-command-records.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { HistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { ReportDifference } from './difference.ts';

const DAY_MS = 86_400_000;

/** How an aggregate's events came in, as they go by in order. */
export type OriginCheck = {
  readonly checkPage: (entries: readonly HistoryEntry[]) => Promise<void>;
  /** Called after the aggregate's last event. */
  readonly finish: () => void;
  /** Events whose command's record is gone and may have expired: nobody knows how they came in. */
  readonly unknown: () => number;
};

type OriginDeps = {
  readonly dynamo: Dynamo;
  /** For how long command records are kept. */
  readonly retentionDays: number;
  readonly now: Date;
  readonly report: ReportDifference;
};

/**
 * A record that expires after this time, in milliseconds since 1970, must be there: clocks differ between
 * machines, so records that are about to expire are no evidence.
 */
export function toSurelyKept(retentionMs: number, now: Date): number {
  return now.getTime() + Math.min(DAY_MS, retentionMs / 10);
}

/**
 * Checks that each event of an aggregate has the record of the command that brought it, which is
 * written in one transaction with it. A record that must still be there and is not is a difference: an
 * event's own time says so, or the record of an earlier event, since records of later ones expire
 * later. Else nobody knows. Throws what `retryDynamo` throws.
 */
export function createOriginCheck({ dynamo, retentionDays, now, report }: OriginDeps): OriginCheck {
  const retentionMs = retentionDays * DAY_MS;
  const surelyKept = toSurelyKept(retentionMs, now);
  let mustExist = false;
  let unknown = 0;
  /** An event of a command that brought more: the next one must be of the same command. */
  let unended: { readonly event: StoredEvent; readonly problem: string } | undefined;

  function complain(event: StoredEvent, actual: string): void {
    report({ field: `${event.eventSequence}/command`, expected: 'its command’s record', actual });
  }

  function check(event: StoredEvent, record: KeptRecord | undefined): void {
    const { commandId } = event.metadata;
    if (unended !== undefined && unended.event.metadata.commandId !== commandId) {
      complain(unended.event, unended.problem);
    }
    unended = undefined;
    if (record === undefined) {
      if (mustExist || Date.parse(event.timestamp) + retentionMs > surelyKept) {
        complain(event, `There is no record of ${commandId}.`);
      } else {
        unknown += 1;
      }
      return;
    }
    if (record === 'unreadable') {
      complain(event, `The record of ${commandId} cannot be read.`);
      return;
    }
    const expiresAt = Math.min(
      record.expiresAt * 1_000,
      Date.parse(record.acceptedAt) + retentionMs,
    );
    mustExist ||= expiresAt > surelyKept;
    const last = record.tokens.find(
      ({ aggregateId }) => aggregateId === event.aggregateId,
    )?.sequence;
    const problem =
      `The record of ${commandId} is of ` +
      (last === undefined ? 'no event of this aggregate.' : `the events up to ${last}.`);
    if (last === undefined || last < event.eventSequence) {
      complain(event, problem);
    } else if (last > event.eventSequence) {
      unended = { event, problem };
    }
  }

  return {
    checkPage: async (entries) => {
      const events = entries.flatMap(({ source }) => (isBroken(source) ? [] : [source]));
      const records = await getCommandRecords(
        dynamo,
        events.map(({ metadata }) => metadata.commandId),
      );
      for (const event of events) {
        check(event, records.get(event.metadata.commandId));
      }
    },
    finish: () => {
      if (unended !== undefined) {
        complain(unended.event, unended.problem);
      }
    },
    unknown: () => unknown,
  };
}
