import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DeadLetters } from '#lib/contracts/dead-letters.ts';
import type { CauseCell, DeadLetterCause } from '#server/runtime/dead-letters/dead-letter-cause.ts';
import type { DeadLetterFilter } from '#server/runtime/dead-letters/dead-letter-filter.ts';
import { countHotCauses } from '#server/runtime/dead-letters/hot-causes.ts';
import { isMeant } from '#server/runtime/dead-letters/list-hot.ts';
import {
  countProjectedCauses,
  countProjectedCells,
} from '#server/runtime/dead-letters/projected-causes.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { Facet } from '#server/runtime/queries/facets.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { countCauseWaiting, type FoundCause } from './count-cause-waiting.ts';
import { deadLetterParams, toFilter, toProblem } from './dead-letter-params.ts';

export const deadLettersQuerySchema = z.object(deadLetterParams);

export type DeadLettersDeps = {
  /** For what may have to look at much. */
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly store: Pick<EventStore, 'getNewestSequence'>;
  readonly registered: RegisteredViews;
};

const TIMEOUT_MS = 2_500;

/** Causes that are listed, and cells of the facets that are counted. */
const MOST_CAUSES = 200;
const MOST_CELLS = 1_000;

/** What one database knows of. */
type Part = {
  readonly causes: readonly FoundCause[];
  /** Of the filter without view, category and type. */
  readonly cells: readonly CauseCell[];
  readonly isCut: boolean;
};

/**
 * Dead letters by cause, the longest dead first: error, type and view. Facets are counted without their own
 * dimension. A database that does not answer in time leaves the rest known, and is said. Throws
 * INVALID_INPUT.
 */
export async function getDeadLetters(
  deps: DeadLettersDeps,
  query: z.output<typeof deadLettersQuerySchema>,
): Promise<DeadLetters> {
  const { registered, dynamo, db, store } = deps;
  const filter = toFilter(query);
  const { aggregateId, errorGroup } = filter;
  const wide: DeadLetterFilter = {
    ...(aggregateId !== undefined && { aggregateId }),
    ...(errorGroup !== undefined && { errorGroup }),
  };
  const skipped = query.state === 'skipped';
  const ask = (work: () => Promise<Part>) => within(TIMEOUT_MS, work);
  const answers = await Promise.allSettled([
    ask(() => readProjected(db, filter, wide, skipped)),
    ...registered.hotViews.map(({ name }) =>
      ask(() => readHot(dynamo, name, filter, wide, skipped)),
    ),
  ]);
  const parts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const problems = answers.flatMap((answer, index) =>
    answer.status === 'rejected'
      ? [toProblem(index === 0 ? 'PostgreSQL' : 'DynamoDB', answer.reason)]
      : [],
  );
  const found = sortCauses(parts.flatMap(({ causes }) => causes));
  const causes = found.slice(0, MOST_CAUSES);
  const cells = parts.flatMap((part) => part.cells);
  const isInFilter = (cell: CauseCell, without?: keyof CauseCell) =>
    isMeant({ ...cell, aggregateId: '', errorGroup: '' }, { ...toNarrow(filter, without) });
  const meant = cells.filter((cell) => isInFilter(cell));
  const facet = (name: 'projection' | 'category' | 'eventType') =>
    toFacet(
      cells.filter((cell) => isInFilter(cell, name)),
      name,
    );
  // What is skipped waits for nothing; a database that is silent is not asked a second time.
  const isCounted = !skipped && problems.length === 0;
  const waiting = isCounted
    ? await within(TIMEOUT_MS, () => countCauseWaiting({ db, store }, causes)).catch(() => [])
    : [];
  return {
    causes: causes.map(({ letters: _, ...cause }, index) => ({
      ...cause,
      id: toId(cause),
      waiting: cause.waiting ?? waiting[index] ?? null,
    })),
    total: meant.reduce((sum, { count }) => sum + count, 0),
    atLeast: parts.some(({ isCut }) => isCut),
    hasMore: found.length > causes.length,
    facets: {
      projection: facet('projection'),
      category: facet('category'),
      eventType: facet('eventType'),
    },
    problems: [...new Set(problems)],
  };
}

async function readProjected(
  db: Db,
  filter: DeadLetterFilter,
  wide: DeadLetterFilter,
  skipped: boolean,
): Promise<Part> {
  const [causes, cells] = await Promise.all([
    countProjectedCauses(db, filter, { skipped, limit: MOST_CAUSES + 1 }),
    countProjectedCells(db, wide, { skipped, limit: MOST_CELLS }),
  ]);
  return { causes, cells, isCut: cells.length === MOST_CELLS };
}

async function readHot(
  dynamo: Dynamo,
  view: string,
  filter: DeadLetterFilter,
  wide: DeadLetterFilter,
  skipped: boolean,
): Promise<Part> {
  const { causes, isCut } = await countHotCauses(dynamo, view, wide, { skipped });
  const narrow = toNarrow(filter);
  return {
    causes: causes.filter((cause) => isMeant({ ...cause, aggregateId: '' }, narrow)),
    cells: causes,
    isCut,
  };
}

/** The filter's view, category and type, but for one of them. */
function toNarrow(
  { projection, category, eventType }: DeadLetterFilter,
  without?: keyof CauseCell,
): DeadLetterFilter {
  return {
    ...(projection !== undefined && without !== 'projection' && { projection }),
    ...(category !== undefined && without !== 'category' && { category }),
    ...(eventType !== undefined && without !== 'eventType' && { eventType }),
  };
}

/** The longest dead first; what has the same mistake in several views stays together. */
function sortCauses(causes: readonly FoundCause[]): FoundCause[] {
  const toMistake = ({ category, eventType, errorGroup }: FoundCause) =>
    JSON.stringify([category, eventType, errorGroup]);
  const since = new Map<string, string>();
  for (const cause of causes.toSorted((a, b) => compare(a.firstFailedAt, b.firstFailedAt))) {
    since.set(toMistake(cause), since.get(toMistake(cause)) ?? cause.firstFailedAt);
  }
  const toKey = (cause: FoundCause) => `${since.get(toMistake(cause))} ${toMistake(cause)}`;
  return causes.toSorted(
    (a, b) => compare(toKey(a), toKey(b)) || compare(a.projection, b.projection),
  );
}

function toFacet(cells: readonly CauseCell[], name: 'projection' | 'category' | 'eventType') {
  const counts = new Map<string, number>();
  for (const { [name]: value, count } of cells) {
    if (value !== null) {
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
  return [...counts]
    .map(([value, count]): Facet => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || compare(a.value, b.value));
}

function toId({ projection, category, eventType, errorGroup }: DeadLetterCause): string {
  const key = JSON.stringify([projection, category, eventType, errorGroup]);
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
