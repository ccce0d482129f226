import { type HistoryEntry, isFailed } from '#server/runtime/hot-views/history-entry.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import type { ReportDifference } from './difference.ts';

/** Sequences of an aggregate, both ends included. */
export type Range = { readonly from: number; readonly to: number };

/** Compares one view of one aggregate with its events, as they go by in order. */
export type ViewCheck = {
  /** Throws when the view could not have taken the event. */
  readonly observe: (entry: HistoryEntry) => void;
  /** Called after some of the events: those that were observed since the last call are in `range`. */
  readonly endPage?: (range: Range) => Promise<void>;
  /** Called after the aggregate's last event. */
  readonly finish: () => void;
  /** The newest event that the view holds, and how what it holds differs from the events so far. */
  readonly stand?: {
    readonly version: number | undefined;
    readonly compare: (report: ReportDifference) => void;
  };
};

type CheckedView = {
  /** The sequence of the newest event that the view holds; undefined where it has no row. */
  readonly version: number | undefined;
  /** The view must hold the events up to this one, as far as it has a place for them. */
  readonly required: number;
  /** Whether an event leaves a trace in the view. */
  readonly holds: (entry: HistoryEntry) => boolean;
  /** Throws when the view could not have taken the event. */
  readonly fold: (entry: HistoryEntry) => void;
  /** Compares what has been folded with the view. */
  readonly compare: (report: ReportDifference) => void;
  readonly report: ReportDifference;
};

/**
 * Checks a view at the sequence that it says it is at, whatever has come since: events that arrive
 * while it is read make no difference. Reports as well when it is not there, is behind what it must
 * hold, or names an event that it cannot hold.
 */
export function createViewCheck(view: CheckedView): ViewCheck {
  const { version, required, report } = view;
  let expected = 0;
  let isKnown = false;
  return {
    stand: view,
    observe: (entry) => {
      view.fold(entry);
      const sequence = entry.eventSequence;
      if (sequence <= required && view.holds(entry)) {
        expected = sequence;
      }
      if (sequence === version) {
        isKnown = true;
        view.compare(report);
      }
    },
    finish: () => {
      const isBehind = (version ?? 0) < expected;
      if (isBehind || (version !== undefined && !isKnown)) {
        const actual = version === undefined ? null : `${version}`;
        report({ field: 'version', expected: `${expected}`, actual, isBehind });
      }
    },
  };
}

/** The event of an entry. Throws why it cannot be read. */
export function readEvent(entry: HistoryEntry): FollowingEvent {
  if (isFailed(entry)) {
    throw entry.error;
  }
  return entry.event;
}
