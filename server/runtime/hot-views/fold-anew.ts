import { type Advance, advanceItem } from './advance-item.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HistoryStore, readHistory } from './read-history.ts';

/**
 * Folds an aggregate on from the event store, from where `before` has come to (from its first event on,
 * without it) up to the end of its history, without what was skipped; it stops at what cannot be
 * taken. Portion by portion, so that a long history is never in memory as a whole. Throws what the
 * event store throws.
 */
export async function foldAnew<Item extends HotItem>(
  store: HistoryStore,
  view: Pick<HotView<Item>, 'fold'>,
  aggregateId: string,
  skipped: ReadonlySet<number>,
  before?: Advance<Item>,
): Promise<Advance<Item>> {
  const from = (before?.item?.sequence ?? 0) + 1;
  let advance: Advance<Item> = { item: before?.item, last: before?.last, failed: undefined };
  for await (const entries of readHistory(store, aggregateId, { from }, skipped)) {
    const { last } = advance;
    advance = await advanceItem(store, view, advance.item, entries, { skipped });
    advance = { ...advance, last: advance.last ?? last };
    if (advance.failed !== undefined) {
      break;
    }
  }
  return advance;
}
