import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import type { LoadedState } from '#server/event-store/fold-events.ts';
import type { ReportDifference } from './difference.ts';

/** Compares one view of one account with its events, as they go by in order. */
export type ViewCheck = {
  /** `after` is the account's state after the event. */
  readonly observe: (event: RecordedEvent, after: LoadedState) => void;
  /** Called after the account's last event. */
  readonly finish: () => void;
};

type CheckedView = {
  /** The sequence of the newest event that the view holds; undefined where it has no row. */
  readonly version: number | undefined;
  /** The view must hold the events up to this one, as far as it has a place for them. */
  readonly required: number;
  /** Whether an event leaves a trace in the view. */
  readonly holds: (event: RecordedEvent) => boolean;
  readonly fold: (event: RecordedEvent, after: LoadedState) => void;
  /** Compares what has been folded with the view. */
  readonly compare: () => void;
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
    observe: (event, after) => {
      view.fold(event, after);
      const sequence = event.eventSequence;
      if (sequence <= required && view.holds(event)) {
        expected = sequence;
      }
      if (sequence === version) {
        isKnown = true;
        view.compare();
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
