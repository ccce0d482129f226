import { LATE_SECONDS } from '#components/ui/lag-limits.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { formatCount } from '#lib/count-format.ts';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import { secondsSince } from '#lib/seconds-since.ts';
import { formatSpan } from '#lib/time-format.ts';

export type FreshnessWords = {
  readonly tone: Tone;
  /** The state in one word: "Paused". */
  readonly word: string;
  /** The state with its figures, for a badge: "Paused · 3 events behind". */
  readonly text: string;
  /** Why, as a sentence that follows others; empty when there is nothing to say. */
  readonly sentence: string;
};

/**
 * How fresh a view is, in words. `now`: milliseconds since 1970 by the server's clock, which is what
 * ages count to. Green is for what holds every event and for nothing else. Pure.
 */
export function toFreshnessWords(view: ViewFreshness, now: number): FreshnessWords {
  const behind = describeBehind(view);
  const withBehind = (text: string) => (behind === null ? text : `${text} · ${behind}`);
  const sentence = toSentence(view.reason);
  switch (view.state) {
    case 'fresh':
      return {
        tone: 'good',
        word: 'Up to date',
        text: 'Up to date',
        sentence: 'Every event is in it.',
      };
    case 'behind': {
      const seconds = secondsSince(view.behindSince, now);
      const text = formatSpan(Math.floor(seconds ?? 0));
      return {
        tone: toBehindTone(seconds, view),
        word: (seconds ?? 0) < LATE_SECONDS ? 'Following' : 'Catching up',
        text: behind === null ? text : `${behind} · ${text}`,
        sentence: `It has been behind for ${text}.`,
      };
    }
    case 'paused':
      return { tone: 'warn', word: 'Paused', text: withBehind('Paused'), sentence };
    case 'blocked':
      return { tone: 'bad', word: 'Blocked', text: withBehind('Blocked for some'), sentence };
    case 'stuck':
      return { tone: 'bad', word: 'Stuck', text: withBehind('Stuck'), sentence };
    case 'stopped': {
      const seconds = secondsSince(view.since, now);
      const age = seconds === null ? '' : ` for ${formatSpan(Math.floor(seconds))}`;
      const isWorker = view.reason === NO_WORKER;
      const said = isWorker ? `No worker has reported${age}.` : sentence;
      const text = isWorker ? `No worker${age}` : 'Stopped';
      return { tone: 'bad', word: 'Down', text: withBehind(text), sentence: said };
    }
    case 'unknown':
      return { tone: 'warn', word: 'Unknown', text: 'Freshness unknown', sentence };
  }
}

/** The reason that the server gives while no worker lives. */
const NO_WORKER = 'No worker runs.';

/** How many events a view does not hold: "≥ 2,000 events behind"; null for none or an unknown number. */
function describeBehind({ eventsBehind, atLeast }: ViewFreshness): string | null {
  if (eventsBehind === null || eventsBehind === 0) {
    return null;
  }
  const noun = eventsBehind === 1 ? 'event' : 'events';
  return `${atLeast ? '≥ ' : ''}${formatCount(eventsBehind)} ${noun} behind`;
}

function toBehindTone(seconds: number | null, { thresholdSeconds }: ViewFreshness): Tone {
  if (seconds === null || seconds >= (thresholdSeconds ?? DEFAULT_LAG_THRESHOLD_SECONDS)) {
    return 'bad';
  }
  return seconds < LATE_SECONDS ? 'neutral' : 'warn';
}

/** An operator's own words end as they like. */
function toSentence(reason: string | null): string {
  return reason === null || /[.!?]$/.test(reason) ? (reason ?? '') : `${reason}.`;
}
