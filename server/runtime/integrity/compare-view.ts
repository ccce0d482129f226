import type { ViewException } from '#server/runtime/dead-letters/get-exceptions.ts';
import type { HistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import { follow } from '#server/runtime/hot-views/read-history.ts';
import {
  createReport,
  type Difference,
  type Differences,
  type ReportDifference,
} from './difference.ts';
import type { Range, ViewCheck } from './view-check.ts';
import { toExplanation } from './view-exceptions.ts';

/** Makes the check of a view, which must have come to the event `required`. */
export type CreateCheck = (report: ReportDifference, required: number) => ViewCheck;

export type ViewComparison = {
  readonly observe: (entry: HistoryEntry) => void;
  readonly endPage: (range: Range) => Promise<void>;
  /** Called after the aggregate's last event. */
  readonly finish: () => Differences & Pick<Difference, 'view' | 'explanation'>;
};

/**
 * Compares a view with the aggregate's events; where something was skipped or waits in it, with the
 * events without that as well: those skipped left out, and only up to the dead letter. A view that is
 * exactly what these come to differs from the history for a known reason; any other one does not.
 */
export function compareView(
  view: string,
  create: CreateCheck,
  required: number,
  exceptions: readonly ViewException[],
): ViewComparison {
  const skipped = new Set(
    exceptions.flatMap(({ status, eventSequence }) => (status === 'skipped' ? eventSequence : [])),
  );
  const firstOf = (statuses: readonly ViewException['status'][]) =>
    Math.min(
      ...exceptions.flatMap(({ status, eventSequence }) =>
        statuses.includes(status) ? eventSequence : [],
      ),
    );
  const whole = createPass(create, { required, end: Number.POSITIVE_INFINITY, skipped: new Set() });
  const reduced =
    exceptions.length === 0
      ? undefined
      : createPass(create, {
          required: Math.min(required, firstOf(['dead', 'retrying']) - 1),
          end: firstOf(['dead']),
          skipped,
        });
  return {
    observe: (entry) => {
      whole.observe(entry);
      reduced?.observe(entry);
    },
    endPage: async (range) => {
      await whole.endPage(range);
      await reduced?.endPage(range);
    },
    finish: () => {
      const ofWhole = whole.finish() ?? NONE;
      const ofReduced = reduced?.finish();
      if (ofReduced === undefined || whole.isRight()) {
        return { ...ofWhole, view, explanation: null };
      }
      return ofReduced.count > 0
        ? { ...ofReduced, view, explanation: null }
        : // What is explained is not waited for.
          { ...ofWhole, view, explanation: toExplanation(exceptions), isBehind: false };
    },
  };
}

const NONE: Differences = { found: [], count: 0, isBehind: false };

/** Takes a check through a history without what was skipped, up to `end` or what it cannot take. */
function createPass(
  create: CreateCheck,
  { required, end, skipped }: { required: number; end: number; skipped: ReadonlySet<number> },
) {
  const { report, result } = createReport();
  const check = create(report, required);
  let isOver = false;
  let isCut = false;
  let last = 0;
  return {
    observe: (entry: HistoryEntry) => {
      const { eventSequence } = entry;
      isOver ||= eventSequence >= end;
      if (!isOver && !skipped.has(eventSequence)) {
        try {
          check.observe(follow(entry, skipped));
          last = eventSequence;
        } catch {
          isOver = isCut = true;
        }
      }
    },
    endPage: async ({ from, to }: Range) => {
      const range = { from, to: isOver ? Math.min(to, last) : to };
      if (range.from <= range.to) {
        await check.endPage?.(range);
      }
    },
    /** Undefined when an event could not be taken: there is nothing to compare the view with then. */
    finish: (): Differences | undefined => {
      if (isCut) {
        return undefined;
      }
      check.finish();
      return result();
    },
    isRight: () => !isCut && result().count === 0,
  };
}
