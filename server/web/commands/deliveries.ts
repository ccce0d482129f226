import { inArray } from 'drizzle-orm';
import { isOfType } from '#lib/aggregate-id.ts';
import type { ViewDelivery } from '#lib/contracts/command-history.ts';
import { getHotDeadLetters } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { getHotItems } from '#server/runtime/hot-views/get-hot-item.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { within } from '#server/runtime/queries/within.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { projections } from '#server/runtime/views/projections-table.ts';

/** An event that views are asked about; `position` is null while the journal has not taken it in. */
export type Sent = {
  readonly aggregateId: string;
  readonly eventSequence: number;
  readonly position: number | null;
};

type DeliveryDeps = {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly registry: RegisteredViews;
};

type Delivery = Pick<ViewDelivery, 'state' | 'note'>;

const TIMEOUT_MS = 2_000;

/**
 * What the views of these events' aggregates have of them. A database that does not answer leaves its
 * views unknown. Never throws for that.
 */
export async function getDeliveries(
  { db, dynamo, registry }: DeliveryDeps,
  events: readonly Sent[],
): Promise<ViewDelivery[]> {
  if (events.length === 0) {
    return [];
  }
  const ofView = ({ aggregate }: (typeof registry.views)[number] | HotView) =>
    events.filter(({ aggregateId }) => isOfType(aggregate.type, aggregateId));
  const views = registry.views.flatMap((view) => {
    const own = ofView(view);
    return own.length === 0 ? [] : [{ view, own }];
  });
  const hotViews = registry.hotViews.flatMap((view) => {
    const own = ofView(view);
    return own.length === 0 ? [] : [{ view, own }];
  });
  const projected = within(TIMEOUT_MS, () => readProjected(db, events)).catch(() => undefined);
  const [known, hot] = await Promise.all([
    projected,
    Promise.all(
      hotViews.map(({ view, own }) =>
        within(TIMEOUT_MS, () => readHot(dynamo, view, own)).catch(() => silent('DynamoDB')),
      ),
    ),
  ]);
  return [
    ...views.map(({ view, own }) => ({
      ...toPlace(view, own),
      database: 'PostgreSQL' as const,
      ...(known === undefined ? silent('PostgreSQL') : toProjected(known, view.name, own)),
    })),
    ...hotViews.map(({ view, own }, index) => ({
      ...toPlace(view, own),
      database: 'DynamoDB' as const,
      ...(hot[index] ?? silent('DynamoDB')),
    })),
  ];
}

function toPlace(
  { name, aggregate }: Pick<HotView, 'name' | 'aggregate'>,
  events: readonly Sent[],
): Pick<ViewDelivery, 'view' | 'aggregateType' | 'position'> {
  return { view: name, aggregateType: aggregate.type, position: toLastPosition(events) };
}

function silent(database: string): Delivery {
  return { state: 'unknown', note: `${database} does not answer.` };
}

/** The position behind which all of the events are; null while one of them is not in the journal. */
function toLastPosition(events: readonly Sent[]): number | null {
  const positions = events.map(({ position }) => position ?? Number.NaN);
  const last = Math.max(...positions);
  return Number.isNaN(last) ? null : last;
}

async function readProjected(db: Db, events: readonly Sent[]) {
  const aggregateIds = [...new Set(events.map(({ aggregateId }) => aggregateId))];
  const [positions, letters] = await Promise.all([
    db.select({ name: projections.name, position: projections.position }).from(projections),
    db
      .select({
        projection: deadLetters.projection,
        aggregateId: deadLetters.aggregateId,
        eventSequence: deadLetters.eventSequence,
        status: deadLetters.status,
      })
      .from(deadLetters)
      .where(inArray(deadLetters.aggregateId, aggregateIds)),
  ]);
  return { positions: new Map(positions.map((row) => [row.name, row.position])), letters };
}

function toProjected(
  { positions, letters }: Awaited<ReturnType<typeof readProjected>>,
  view: string,
  events: readonly Sent[],
): Delivery {
  const own = letters.filter(({ projection }) => projection === view);
  for (const { aggregateId, eventSequence } of events) {
    const ofIt = own.filter((letter) => letter.aggregateId === aggregateId);
    const blocking = ofIt.find(
      (letter) => letter.status !== 'skipped' && letter.eventSequence <= eventSequence,
    );
    if (blocking !== undefined) {
      return waitsAt(aggregateId, blocking.eventSequence);
    }
    if (ofIt.some((letter) => letter.eventSequence === eventSequence)) {
      return { state: 'skipped', note: 'An operator left its event out of this view.' };
    }
  }
  const last = toLastPosition(events);
  const position = positions.get(view);
  return { state: last !== null && (position ?? -1) >= last ? 'done' : 'waiting', note: null };
}

async function readHot(dynamo: Dynamo, view: HotView, events: readonly Sent[]): Promise<Delivery> {
  const newest = new Map<string, number>();
  for (const { aggregateId, eventSequence } of events) {
    newest.set(aggregateId, Math.max(eventSequence, newest.get(aggregateId) ?? 0));
  }
  const ids = [...newest.keys()];
  const [items, letters] = await Promise.all([
    getHotItems(dynamo, view, ids),
    getHotDeadLetters(dynamo, view.name, ids),
  ]);
  for (const [aggregateId, sequence] of newest) {
    const dead = letters.get(aggregateId)?.dead;
    if (dead !== undefined && dead.eventSequence <= sequence) {
      return waitsAt(aggregateId, dead.eventSequence);
    }
    const read = items.get(aggregateId);
    if (read !== undefined && read.kind !== 'current') {
      return { state: read.kind === 'disputed' ? 'blocked' : 'unknown', note: read.error.message };
    }
    if (read === undefined || read.item.sequence < sequence) {
      return { state: 'waiting', note: null };
    }
  }
  return { state: 'done', note: null };
}

function waitsAt(aggregateId: string, sequence: number): Delivery {
  return { state: 'blocked', note: `${aggregateId} waits at its event ${sequence} in this view.` };
}
