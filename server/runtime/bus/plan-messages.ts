import { toFollows } from '#server/runtime/dead-letters/to-follows.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';

/** What the handler makes of some messages. */
export type MessagePlan = {
  /** Those to take now, in the order of their aggregates. */
  readonly next: readonly JournalEntry[];
  /** By aggregate, the sequence that has been taken then. */
  readonly progress: ReadonlyMap<string, number>;
  /** Those that were taken before. */
  readonly duplicates: number;
  /** Those that must come again, for an event before them has not come yet. */
  readonly waiting: readonly JournalEntry[];
};

/**
 * Sorts messages by what the projection has taken of their aggregates (`taken`, 0 where nothing): what
 * follows is taken, what was taken before is not taken twice, and what is behind a gap waits. Events
 * that were skipped are no gap. Pure.
 */
export function planMessages(
  entries: readonly JournalEntry[],
  taken: ReadonlyMap<string, number>,
  skipped: ReadonlyMap<string, ReadonlySet<number>>,
): MessagePlan {
  const progress = new Map<string, number>();
  const next: JournalEntry[] = [];
  const waiting: JournalEntry[] = [];
  let duplicates = 0;
  const inOrder = entries.toSorted((a, b) => a.stored.eventSequence - b.stored.eventSequence);
  for (const entry of inOrder) {
    const { aggregateId, eventSequence } = entry.stored;
    const reached = progress.get(aggregateId) ?? taken.get(aggregateId) ?? 0;
    const follows = toFollows(eventSequence, skipped.get(aggregateId)) ?? eventSequence - 1;
    if (eventSequence <= reached) {
      duplicates += 1;
    } else if (reached < follows) {
      waiting.push(entry);
    } else {
      next.push(entry);
      progress.set(aggregateId, eventSequence);
    }
  }
  return { next, progress, duplicates, waiting };
}
