import type { ConsoleWords, NamedAggregate } from '#components/console/console-words.ts';
import {
  type LetterFilter,
  nameCategory,
} from '#components/console/dead-letters/dead-letter-words.ts';
import { type Follower, HOT_CONSUMER } from '#components/console/projections/followers.ts';
import { toProjectionNotice } from '#components/console/projections/projection-notice.ts';
import { describeTrouble, nameEvent, nameViews } from '#components/console/system/trouble-words.ts';
import type { AlertResponse } from '#lib/contracts/alerts.ts';
import type { Cause, EventTrouble, FailingWebhook, SystemState } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { findQuietResponse, mayBeQuiet } from '#lib/quiet-alerts.ts';
import { formatSpan } from '#lib/time-format.ts';
import { type Alert, toAlerts } from '#lib/to-alerts.ts';

export type AttentionItem = {
  readonly id: string;
  /** How large it is, for who acknowledges or snoozes it; null for what cannot be. */
  readonly seen: number | null;
  /** The acknowledgement or snooze for which it is quiet; null while it is not. */
  readonly response: AlertResponse | null;
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  /** What it means and what to do. */
  readonly advice: string;
  /** Where one can act. */
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** What stands still and can be set going from here, or is rebuilt on a page of its own. */
  readonly mend?:
    | { readonly kind: 'restart-worker' }
    | {
        readonly kind: 'resume' | 'rebuild';
        readonly follower: Pick<Follower, 'name' | 'kind' | 'status'>;
      };
  /** The dead letters that can be tried again from here. */
  readonly retry?: { readonly filter: LetterFilter; readonly subject: string };
};

/** A view's details. */
function toViewLink({ nameView }: ConsoleWords, view: string): AttentionItem['links'][number] {
  const href = `/projections?projection=${encodeURIComponent(view)}`;
  return { href, label: `See ${nameView(view).label}` };
}

const PROJECTIONS_LINK = [{ href: '/projections', label: 'See the projections' }];

/** Aggregates that a cause names. */
const MOST_NAMED = 3;

/**
 * What an operator should look at now, one item per cause. `now`: milliseconds since 1970 by the server's
 * clock.
 */
export function toAttention(
  words: ConsoleWords,
  system: SystemState,
  now: number,
): AttentionItem[] {
  const responses = system.alertResponses ?? [];
  return toAlerts(system, now).map((alert) => ({
    ...toCard(words, system, alert),
    id: alert.id,
    seen: mayBeQuiet(alert) ? alert.size : null,
    response: findQuietResponse(alert, responses, now),
  }));
}

type Card = Omit<AttentionItem, 'id' | 'seen' | 'response'>;

function toCard(words: ConsoleWords, { lag }: SystemState, alert: Alert): Card {
  switch (alert.kind) {
    case 'dynamodb':
    case 'postgresql':
    case 'worker':
      return DOWN[alert.kind];
    case 'events':
      return toCauseCard(words, alert.cause);
    case 'standing':
      return toStandingCard(words, lag, alert);
    case 'late':
      return toLateCard(words, alert);
    case 'webhook':
      return toWebhookCard(alert.webhook);
  }
}

const DOWN: Readonly<Record<'dynamodb' | 'postgresql' | 'worker', Card>> = {
  dynamodb: {
    tone: 'bad',
    title: 'DynamoDB does not answer',
    advice: 'No command can be carried out until it does. Check that it is running.',
    links: [{ href: '/projections', label: 'See what stands still' }],
  },
  postgresql: {
    tone: 'bad',
    title: 'PostgreSQL does not answer',
    advice: 'Lists and figures cannot be read; commands go on. Check that it is running.',
    links: [{ href: '/projections', label: 'See what stands still' }],
  },
  worker: {
    tone: 'bad',
    title: 'The worker is down',
    advice:
      'Commands are stored, but no view shows them until it runs again. npm start starts one that died by itself; one that is frozen is restarted here.',
    links: PROJECTIONS_LINK,
    mend: { kind: 'restart-worker' },
  },
};

function toWebhookCard({ name, status, lastError }: FailingWebhook): Card {
  const isDisabled = status === 'disabled';
  return {
    tone: isDisabled ? 'bad' : 'warn',
    title: isDisabled ? `The webhook ${name} is disabled` : `The webhook ${name} is not taken`,
    advice: `${lastError ?? 'Its receiver fails.'} ${
      isDisabled
        ? 'Nothing is sent until it is resumed; nothing is lost.'
        : 'It is tried again, and what is behind waits.'
    }`,
    links: [{ href: `/webhooks?webhook=${encodeURIComponent(name)}`, label: 'See its deliveries' }],
  };
}

function toCauseCard(words: ConsoleWords, { kind, events, count }: Cause): Card {
  const [first] = events;
  if (first === undefined) {
    return { tone: 'warn', title: 'Some events wait', advice: '', links: PROJECTIONS_LINK };
  }
  const phrase = kind === 'waits' ? 'waits at' : 'cannot be folded past';
  const others = countOf(count - 1, 'more event has', 'more events have');
  const more = count === 1 ? '' : `; ${others} the same cause`;
  return {
    tone: kind === 'waits' ? 'bad' : 'warn',
    title: `${words.nameAggregate(first.aggregateId).id} ${phrase} event ${first.eventSequence}${more}`,
    advice: describeTrouble(words, first),
    links: [
      toLettersLink(kind, first, count),
      ...events
        .slice(0, MOST_NAMED)
        .flatMap((event) => [
          toLink(words.nameAggregate(event.aggregateId)),
          ...(event.eventId === null
            ? []
            : [{ href: `/events/${encodeURIComponent(event.eventId)}`, label: nameEvent(event) }]),
        ]),
    ],
    ...(kind === 'waits' && { retry: toRetry(words, first, count) }),
  };
}

/** The dead letters of a cause: of its one aggregate, or of all events of that type with that reason. */
function toLettersLink(kind: Cause['kind'], event: EventTrouble, count: number) {
  const { aggregateId, eventType, code } = event;
  const narrow: Record<string, string> =
    count === 1
      ? { aggregate: aggregateId }
      : { category: code, ...(eventType !== null && { type: eventType }) };
  const params = new URLSearchParams({ ...(kind === 'skipped' && { state: kind }), ...narrow });
  return { href: `/dead-letters?${params}`, label: 'Dead letters' };
}

function toRetry(words: ConsoleWords, event: EventTrouble, count: number): AttentionItem['retry'] {
  const { aggregateId, eventType, code, waitsIn } = event;
  if (count === 1) {
    const views = nameViews(words, waitsIn);
    const { label } = words.nameAggregate(aggregateId);
    return { filter: { aggregateId }, subject: `${nameEvent(event)} of ${label} in ${views}` };
  }
  const type = eventType === null ? 'whose type cannot be read' : `of the type ${eventType}`;
  return {
    filter: { category: code, eventType },
    subject: `Each event ${type} that failed for the same reason (${nameCategory(code).toLowerCase()}), in every view,`,
  };
}

function toLink({ href, label }: NamedAggregate) {
  return { href, label };
}

const SAYS = {
  paused: 'paused',
  stopped: 'stopped',
  stuck: 'stuck',
  blocked: 'blocked for some aggregates',
  unknown: 'of unknown freshness',
} as const;

/** What an operator has to end: it does not end by itself. */
function toStandingCard(
  words: ConsoleWords,
  lag: SystemState['lag'],
  { state, views }: Extract<Alert, { kind: 'standing' }>,
): Card {
  const [{ view, reason }, ...rest] = views;
  const all = views.map((each) => each.view);
  const row = lag?.projections.find(({ name }) => name === view);
  const isOutdated = row?.status === 'outdated';
  const says = isOutdated ? 'outdated' : SAYS[state];
  const status = isOutdated ? 'outdated' : state === 'stopped' ? 'down' : state;
  return {
    tone: state === 'paused' || state === 'unknown' ? 'warn' : 'bad',
    title: `${nameViews(words, all)} ${rest.length === 0 ? 'is' : 'are'} ${says}`,
    advice:
      toProjectionNotice({ name: view, status, reason }) ??
      'What it feeds stands still. Start a worker of this version.',
    links: all.length > MOST_NAMED ? PROJECTIONS_LINK : all.map((each) => toViewLink(words, each)),
    ...(rest.length === 0 && toMend(view, status)),
  };
}

/** What sets one view going again. */
function toMend(name: string, status: Follower['status']): Pick<AttentionItem, 'mend'> {
  const kind = status === 'paused' ? 'resume' : status === 'outdated' ? 'rebuild' : undefined;
  const follower = {
    name,
    kind: name === HOT_CONSUMER ? 'consumer' : 'projection',
    status,
  } as const;
  const canBe = kind === 'resume' || (kind === 'rebuild' && name !== HOT_CONSUMER);
  return canBe ? { mend: { kind, follower } } : {};
}

function toLateCard(
  words: ConsoleWords,
  { view, size, thresholdSeconds }: Extract<Alert, { kind: 'late' }>,
): Card {
  const { label } = words.nameView(view.view);
  return {
    tone: 'warn',
    title: `${label} is ${formatSpan(Math.floor(size))} behind; the threshold is ${formatSpan(thresholdSeconds)}`,
    advice: `It is working through ${countOf(view.eventsBehind ?? 0, 'event')}; its views show the past until then.`,
    links: [toViewLink(words, view.view)],
  };
}
