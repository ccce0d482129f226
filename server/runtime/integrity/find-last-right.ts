import { groupBy } from '#lib/group-by.ts';
import { getExceptions } from '#server/runtime/dead-letters/get-exceptions.ts';
import { type Aggregate, aggregateOf } from '#server/runtime/event-store/aggregate.ts';
import type { HistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import { createBisection } from './bisection.ts';
import { createViewChecks, type NamedCheck } from './create-view-checks.ts';
import type { Difference, ReportDifference } from './difference.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { readEntryPages } from './read-entry-pages.ts';
import { exceptionsOf } from './view-exceptions.ts';

/** The whole row is compared after each event: of longer histories it is not looked for. */
const MOST_EVENTS = 5_000;

/** By view, by field, the last event after which it was right. */
type LastRight = ReadonlyMap<string, ReadonlyMap<string, number | null>>;

/**
 * Adds to differences that nothing explains the last event after which the view was right, from the view's
 * own fold (`Difference.lastRight`); those in the journal, in rows that are only appended to, and of views
 * that wait or have left something out, stay without. Throws what the databases throw.
 */
export async function findLastRight(
  deps: IntegrityDeps,
  differences: readonly Difference[],
): Promise<Difference[]> {
  const open = differences.filter(({ explanation }) => explanation === null);
  const found = new Map<string, LastRight>();
  for (const [aggregateId, own] of groupBy(open, (difference) => difference.aggregateId)) {
    const aggregate = aggregateOf(deps.store.aggregates, aggregateId);
    if (aggregate !== undefined) {
      const fields = new Map(
        [...groupBy(own, ({ view }) => view)].map(([view, of]) => [view, of.map((d) => d.field)]),
      );
      found.set(aggregateId, await bisect(deps, aggregate, aggregateId, fields));
    }
  }
  return differences.map((difference) => {
    const { aggregateId, view, field, explanation } = difference;
    const lastRight = found.get(aggregateId)?.get(view)?.get(field);
    return explanation !== null || lastRight === undefined
      ? difference
      : { ...difference, lastRight };
  });
}

async function bisect(
  deps: IntegrityDeps,
  aggregate: Aggregate,
  aggregateId: string,
  fields: ReadonlyMap<string, readonly string[]>,
): Promise<LastRight> {
  const { views, hotViews } = deps.registered;
  const exceptions = await getExceptions({ ...deps, hotViews }, aggregateId);
  const names = new Set([...views, ...hotViews].map(({ name }) => name));
  const checks = (await createViewChecks(deps, aggregate, aggregateId)).filter(
    ({ view }) =>
      names.has(view) && fields.has(view) && exceptionsOf(exceptions, view, views).length === 0,
  );
  const passes = checks.map((check) => createPass(check, fields.get(check.view) ?? []));
  let events = 0;
  for await (const page of checks.length === 0 ? [] : readEntryPages(deps.store, aggregateId)) {
    events += page.length;
    if (events > MOST_EVENTS) {
      return new Map();
    }
    for (const entry of page) {
      for (const pass of passes) {
        pass.observe(entry);
      }
    }
  }
  return new Map(passes.map(({ view, result }) => [view, result()]));
}

/** Takes a view's check through a history, up to the event that the view is at. */
function createPass({ view, create }: NamedCheck, fields: readonly string[]) {
  const check = create(() => {}, 0);
  const bisection = createBisection(fields);
  // Those that a comparison at the view's own event names: it says nothing of the others.
  let comparable: ReadonlySet<string> = new Set();
  let isOver = check.stand?.version === undefined;

  function listWrong(): string[] {
    const wrong: string[] = [];
    const report: ReportDifference = ({ field }) => wrong.push(field);
    check.stand?.compare(report);
    return wrong;
  }

  return {
    view,
    observe: (entry: HistoryEntry) => {
      if (isOver) {
        return;
      }
      try {
        check.observe(entry);
      } catch {
        // What the view cannot have taken says nothing of what it held.
        isOver = true;
        return;
      }
      const wrong = listWrong();
      bisection.step(entry.eventSequence, wrong);
      if (entry.eventSequence === check.stand?.version) {
        comparable = new Set(wrong);
        isOver = true;
      }
    },
    result: () => new Map([...bisection.result()].filter(([field]) => comparable.has(field))),
  };
}
