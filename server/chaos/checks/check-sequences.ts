import { groupBy } from '#lib/group-by.ts';
import type { Check } from './check.ts';
import type { World } from './world.ts';

/** Each aggregate's events are numbered 1, 2, 3 … without a gap, and each has an id of its own. */
export function checkSequences({ events }: World): Check {
  const histories = groupBy(events, ({ aggregateId }) => aggregateId);
  const broken = [...histories].flatMap(([aggregateId, history]) => {
    const sequences = history.map(({ eventSequence }) => eventSequence).sort((a, b) => a - b);
    const gap = sequences.findIndex((sequence, n) => sequence !== n + 1);
    return gap === -1 ? [] : [`${aggregateId} has ${sequences[gap]} where ${gap + 1} should be.`];
  });
  const doubled = [...groupBy(events, ({ eventId }) => eventId)]
    .filter(([, same]) => same.length > 1)
    .map(([eventId]) => `The event id ${eventId} is there more than once.`);
  return {
    name: 'sequences have no gap',
    figure: `${histories.size} aggregates`,
    problems: [...broken, ...doubled],
  };
}
