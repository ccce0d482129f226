import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Check } from './check.ts';
import type { World } from './world.ts';

/**
 * The journal holds every event of the event store once and as it is there, and nothing else, each
 * aggregate's in their order, at positions 1, 2, 3 … without a gap.
 */
export function checkJournal({ events, journal }: World): Check {
  const problems: string[] = [];
  const stored = new Map(events.map((event) => [keyOf(event), event]));
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const [n, { position, ...event }] of journal.entries()) {
    const key = keyOf(event);
    if (position !== n + 1) {
      problems.push(`Position ${position} is where ${n + 1} should be.`);
    }
    if (event.eventSequence !== (last.get(event.aggregateId) ?? 0) + 1) {
      problems.push(`${key} at position ${position} is out of its order.`);
    }
    last.set(event.aggregateId, event.eventSequence);
    if (!isDeepStrictEqual(stored.get(key), event)) {
      problems.push(`${key} at position ${position} is not what the event store has.`);
    }
    seen.add(key);
  }
  const missing = [...stored.keys()].filter((key) => !seen.has(key));
  problems.push(...missing.map((key) => `${key} is not in the journal.`));
  return {
    name: 'the journal is the event store',
    figure: `${journal.length} journal events, ${events.length} in the store`,
    problems,
  };
}

function keyOf({ aggregateId, eventSequence }: StoredEvent): string {
  return `${aggregateId}/${eventSequence}`;
}
