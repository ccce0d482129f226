'use client';

import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useLive } from '#components/ui/use-live.ts';
import type { Freshness } from '#lib/contracts/queries.ts';
import type { EventTrouble } from '#lib/contracts/system.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import classes from './freshness-badge.module.css';
import { type FreshnessWords, toFreshnessWords } from './freshness-words.ts';
import { useFreshness, useServerNow } from './use-system.ts';

/** What a view shows is given this long to follow what has just happened. */
const TIMEOUT_MS = 1_500;

export type FreshnessBadgeProps = {
  /** How far the read model had come when the view was read. */
  freshness: Freshness;
  /** Of a view of one aggregate: what is the matter with it, and how many of its events are missing. */
  aggregate?: {
    readonly noun: string;
    readonly troubles: readonly EventTrouble[];
    readonly missing: number;
  };
};

/**
 * How fresh a view is against the event store: what the stream and the journal still hold for it, who
 * paused it, whether a worker lives; and what came since it was read.
 */
export function FreshnessBadge({ freshness, aggregate }: FreshnessBadgeProps) {
  const { projection, position, head } = freshness;
  const words = useWords(freshness, aggregate);
  const isPending = useFreshness(projection) === undefined;
  return (
    <Tooltip
      w={290}
      label={`Read from “${projection}” at position ${formatCount(position)} of ${formatCount(head)}. ${words.sentence}`}
    >
      <span className={classes.place} data-pending={isPending || undefined}>
        <StatusBadge tone={words.tone}>{words.text}</StatusBadge>
      </span>
    </Tooltip>
  );
}

type Words = Pick<FreshnessWords, 'tone' | 'text' | 'sentence'>;

function useWords(freshness: Freshness, aggregate: FreshnessBadgeProps['aggregate']): Words {
  const { projection, position, head } = freshness;
  const view = useFreshness(projection);
  const now = useServerNow();
  const newest = useLive((live) => live.head ?? 0);
  const isCutOff = useLive((live) => live.status === 'reconnecting');
  const since = useLasting(Math.max(0, newest - head), `${position} ${head}`);
  const missing = useLasting(aggregate?.missing ?? 0, `${position}`);
  const at = `At position ${formatCount(position)}`;
  if (view === undefined) {
    return { tone: 'neutral', text: at, sentence: 'Its freshness is being asked for.' };
  }
  const waiting = aggregate?.troubles.find(
    ({ waitsIn }) => waitsIn.includes(projection) || waitsIn.includes('journal'),
  );
  if (waiting) {
    const place = `Waits at event ${formatCount(waiting.eventSequence)}`;
    return { tone: 'bad', text: place, sentence: waiting.sentence };
  }
  // Others that wait keep this one from nothing.
  const state =
    aggregate && view.state === 'blocked' && view.eventsBehind === 0 ? 'fresh' : view.state;
  if (state !== 'fresh') {
    return toFreshnessWords({ ...view, state }, now);
  }
  if (isCutOff) {
    const sentence = 'The page is not live: nobody can say now what came after it.';
    return { tone: 'warn', text: `${at} · not live`, sentence };
  }
  if (missing > 0) {
    const events = countOf(missing, 'event');
    const sentence = `The event store has ${events} of this ${aggregate?.noun} that are not in it yet.`;
    return { tone: 'warn', text: `${events} of this ${aggregate?.noun} missing`, sentence };
  }
  if (since > 0) {
    const events = countOf(since, 'event');
    return {
      tone: 'neutral',
      text: `${at} · ${events} since`,
      sentence: `${events} came after it was read.`,
    };
  }
  const { tone, text, sentence } = toFreshnessWords({ ...view, state }, now);
  return { tone, text: `${text} · position ${formatCount(position)}`, sentence };
}

/** A count that has lasted for a moment at the same reading; 0 until then. */
function useLasting(count: number, reading: string): number {
  const [lastedAt, setLastedAt] = useState<string | null>(null);
  const isSome = count > 0;
  useEffect(() => {
    if (isSome) {
      const timer = setTimeout(() => setLastedAt(reading), TIMEOUT_MS);
      return () => clearTimeout(timer);
    }
    setLastedAt(null);
  }, [isSome, reading]);
  return lastedAt === reading ? count : 0;
}
