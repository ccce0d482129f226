import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { byKey } from '../views/by-key.ts';
import type { PostgresView } from '../views/postgres-view.ts';
import type { Row } from '../views/write-rows.ts';
import { compareRows, type Values } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { readAppended, type ViewRows } from './read-view-rows.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';
import type { ViewOracle } from './view-oracle.ts';

type Checked = {
  readonly db: Db;
  readonly view: PostgresView;
  readonly aggregate: Aggregate;
  readonly oracle: ViewOracle | undefined;
  /** The aggregate's own id. */
  readonly id: string;
  readonly rows: ViewRows;
};

/**
 * Checks what a view holds of one aggregate against the view's own fold of its events and, where there
 * is one, the oracle. Rows of tables that are only appended to are read beside the events of each page,
 * so that a long history is never in memory as a whole.
 */
export function checkPostgresView(
  { db, view, aggregate, oracle, id, rows }: Checked,
  required: number,
  report: ReportDifference,
): ViewCheck {
  let held = view.initial;
  let state = aggregate.initialState;
  const expected = view.tables.map(() => new Map<string, Row>());
  const check = createViewCheck({
    version: rows.version,
    required,
    holds: (entry) => held.version === entry.eventSequence,
    fold: (entry) => {
      const event = readEvent(entry);
      const before = held.version;
      const folded = view.fold(held, [event], id);
      held = folded.held;
      if (oracle !== undefined) {
        state = aggregate.evolve(state, event);
      }
      for (const [index, { in: tableIn, write }] of view.tables.entries()) {
        const known = expected[index];
        if (write === 'replace' && held.version !== before) {
          known?.clear();
        }
        for (const [key, row] of byKey(
          tableIn(LIVE_SCHEMA),
          view.idColumn,
          folded.rows[index] ?? [],
        )) {
          known?.set(key, row);
        }
      }
    },
    compare: (report) => {
      for (const [index, actual] of rows.tables.entries()) {
        const wanted = expected[index];
        if (actual !== undefined && wanted !== undefined) {
          compareRows(index === 0 ? withOracle(wanted) : wanted, actual, report);
        }
      }
    },
    report,
  });

  /** What the oracle says counts more than what the view's fold says. */
  function withOracle(wanted: ReadonlyMap<string, Row>): ReadonlyMap<string, Values> {
    const known = oracle?.toRow(state, held.version);
    return known === undefined
      ? wanted
      : new Map([...wanted].map(([key, row]) => [key, { ...row, ...known }]));
  }

  return {
    ...check,
    endPage: async ({ from, to }) => {
      const end = Math.min(to, rows.version ?? 0);
      for (const [index, table] of view.tables.entries()) {
        if (table.write === 'append') {
          const wanted = [...(expected[index] ?? [])].filter(
            ([, { sequence }]) => Number(sequence) <= end,
          );
          if (from <= end) {
            const actual = await readAppended(db, view, table, id, { from, to: end });
            compareRows(new Map(wanted), actual, report);
          }
          expected[index]?.clear();
        }
      }
    },
  };
}
