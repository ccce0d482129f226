import type { Tone } from '#components/ui/tone.ts';
import type { ConsumerStatus } from '#lib/contracts/queries.ts';

/** How the reading of a shard fares. Green belongs to views that hold every event: this is about readers. */
export const SHARD_WORDS: Readonly<
  Record<ConsumerStatus['status'], { readonly tone: Tone; readonly word: string }>
> = {
  running: { tone: 'neutral', word: 'Read' },
  blocked: { tone: 'neutral', word: 'Read' },
  outdated: { tone: 'neutral', word: 'Read' },
  paused: { tone: 'warn', word: 'Paused' },
  stuck: { tone: 'bad', word: 'Stuck' },
  down: { tone: 'bad', word: 'Not read' },
  unknown: { tone: 'warn', word: 'Unknown' },
};
