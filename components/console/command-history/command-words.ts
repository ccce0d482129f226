import type { Tone } from '#components/ui/tone.ts';
import type { CommandItem, DeliveryState, JourneyStep } from '#lib/contracts/command-history.ts';
import type { Origin } from '#lib/contracts/queries.ts';

/** What came of a command, in a word. */
export function toOutcomeWords({
  outcome,
  events,
  origin,
}: Pick<CommandItem, 'outcome' | 'events' | 'origin'>): {
  readonly tone: Tone;
  readonly text: string;
} {
  if (outcome === 'rejected') {
    return { tone: 'bad', text: 'Rejected' };
  }
  if (origin === 'not-recorded') {
    return { tone: 'bad', text: 'No record' };
  }
  return events.length === 0
    ? { tone: 'neutral', text: 'Accepted, no change' }
    : { tone: origin === 'recorded' ? 'good' : 'neutral', text: 'Accepted' };
}

/** What has to be said of how an event came in; null where its command's record says all. */
export const ORIGIN_NOTES: Readonly<Record<Origin, string | null>> = {
  recorded: null,
  'not-recorded':
    'There is no record of the command that is named here, so no command of Playhead wrote this: somebody put it into the event store.',
  unknown:
    'The record of its command has expired or cannot be read now, so nobody knows how it came in.',
};

/** What a view has of a command's events, in a word. */
export const DELIVERY_WORDS: Readonly<
  Record<DeliveryState, { readonly tone: Tone; readonly text: string }>
> = {
  done: { tone: 'good', text: 'There' },
  waiting: { tone: 'neutral', text: 'On its way' },
  blocked: { tone: 'bad', text: 'Blocked' },
  skipped: { tone: 'warn', text: 'Left out' },
  unknown: { tone: 'warn', text: 'Unknown' },
};

/** How long a station took to be reached: never a figure that nobody recorded. */
export function toTimeWords({ state, ms }: Pick<JourneyStep, 'state' | 'ms'>): string {
  if (state !== 'done') {
    return DELIVERY_WORDS[state].text;
  }
  return ms === null ? 'Not recorded' : `${ms} ms`;
}

/** A sentence about all of the way, as far as it is known. */
export function describeWay(steps: readonly JourneyStep[]): string {
  const views = steps.filter(({ name }) => !BEFORE_VIEWS.has(name));
  if (views.length === 0) {
    return 'Nothing had to change, so that no view has to follow.';
  }
  const open = views.filter(({ state }) => state !== 'done');
  if (open.length > 0) {
    return `Visible in ${views.length - open.length} of ${views.length} views.`;
  }
  const times = views.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  const all = views.length === 1 ? 'its view' : `all ${views.length} views`;
  if (times.length === 0) {
    return `Visible in ${all}; when it came there is not recorded.`;
  }
  const last = Math.max(...times);
  const unknown = views.length - times.length;
  return unknown === 0
    ? `Visible in ${all} after ${last} ms.`
    : `Visible in ${all}: in ${times.length} after ${last} ms, in ${unknown} at a time that is not recorded.`;
}

/** The stations before the views. */
const BEFORE_VIEWS: ReadonlySet<string> = new Set(['accepted', 'stored', 'journal']);

/** Where a command's details are. */
export function toCommandHref(commandId: string, correlationId?: string): string {
  const params = new URLSearchParams({ command: commandId });
  if (correlationId !== undefined) {
    params.set('correlation', correlationId);
  }
  return `/commands?${params}`;
}

/** Where everything of a correlation is. */
export function toTraceHref(correlationId: string): string {
  return `/trace/${encodeURIComponent(correlationId)}`;
}
