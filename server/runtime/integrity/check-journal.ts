import { isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { compareJournalRow } from '#server/runtime/journal/compare-journal-row.ts';
import { readAggregateJournal } from '#server/runtime/journal/read-journal.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, type ViewCheck } from './view-check.ts';

/**
 * Checks an aggregate's rows in the journal, up to the newest, whose sequence is given: each must be
 * its event as it lies in the event store, whether this program can read its payload or not.
 */
export function checkJournal(
  db: Db,
  aggregateId: string,
  newest: number | undefined,
  required: number,
  report: ReportDifference,
): ViewCheck {
  let page: StoredEvent[] = [];
  const check = createViewCheck({
    version: newest,
    required,
    holds: () => true,
    fold: ({ source }) => {
      if (isBroken(source)) {
        throw source.problem;
      }
      page.push(source);
    },
    compare: () => {},
    report,
  });
  return {
    ...check,
    endPage: async ({ from, to }) => {
      const end = Math.min(to, newest ?? 0);
      if (from <= end) {
        const range = { from, upTo: Number.MAX_SAFE_INTEGER, limit: end - from + 1 };
        const found = await readAggregateJournal(db, aggregateId, range);
        const rows = new Map(found.map((row) => [row.eventSequence, row]));
        for (const event of page.filter(({ eventSequence }) => eventSequence <= end)) {
          const { eventSequence } = event;
          const row = rows.get(eventSequence);
          if (row === undefined) {
            report({ field: `${eventSequence}`, expected: 'a row', actual: null });
          } else {
            for (const { field, ...values } of compareJournalRow(event, row)) {
              report({ field: `${eventSequence}/${field}`, ...values });
            }
          }
        }
      }
      page = [];
    },
  };
}
