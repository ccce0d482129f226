import type { ConsoleWords, NamedAggregate } from '#components/console/console-words.ts';
import {
  type LetterFilter,
  nameCategory,
} from '#components/console/dead-letters/dead-letter-words.ts';
import { type Follower, HOT_CONSUMER } from '#components/console/projections/followers.ts';
import { toProjectionNotice } from '#components/console/projections/projection-notice.ts';
import { secondsSince } from '#components/console/system/freshness-words.ts';
import { describeTrouble, nameEvent, nameViews } from '#components/console/system/trouble-words.ts';
import { TROUBLE_SECONDS } from '#components/ui/lag-limits.ts';
import type { Health } from '#lib/contracts/queries.ts';
import type { Cause, EventTrouble, SystemState, ViewFreshness } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { groupBy } from '#lib/group-by.ts';
import { formatSpan } from '#lib/time-format.ts';

export type AttentionItem = {
  readonly id: string;
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  /** What it means and what to do. */
  readonly advice: string;
  /** Where one can act. */
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** What stands still and can be set going from here, or is rebuilt on a page of its own. */
  readonly mend?: {
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
 * What an operator should look at now, one item per cause: with the worker down every view is stopped,
 * and one line says it; one event that no view can take in is one line too. `now`: milliseconds since
 * 1970 by the server's clock.
 */
export function toAttention(
  words: ConsoleWords,
  system: SystemState,
  now: number,
): AttentionItem[] {
  const { health, causes, views } = system;
  const isSilent = health.dynamodb.state !== 'up' || health.postgresql.state !== 'up';
  const isWorkerDown = health.worker.state === 'down';
  const waits = causes.some(({ kind }) => kind === 'waits');
  return [
    ...toEngineItems(health),
    ...causes.map((cause) => toCauseItem(words, cause)),
    ...groupStanding(views).flatMap(([first, ...rest]) => {
      const isExplained =
        (first.state === 'stopped' && isWorkerDown) ||
        (first.state === 'unknown' && isSilent) ||
        (first.state === 'blocked' && waits);
      return isExplained ? [] : toStandingItem(words, system, first, rest);
    }),
    ...(isSilent || isWorkerDown ? [] : views.flatMap((view) => toLateItem(words, view, now))),
  ];
}

function toEngineItems(health: Health): AttentionItem[] {
  const items: AttentionItem[] = [];
  if (health.dynamodb.state === 'down') {
    items.push({
      id: 'dynamodb',
      tone: 'bad',
      title: 'DynamoDB does not answer',
      advice: 'No command can be carried out until it does. Check that it is running.',
      links: [{ href: '/projections', label: 'See what stands still' }],
    });
  }
  if (health.postgresql.state === 'down') {
    items.push({
      id: 'postgresql',
      tone: 'bad',
      title: 'PostgreSQL does not answer',
      advice: 'Lists and figures cannot be read; commands go on. Check that it is running.',
      links: [{ href: '/projections', label: 'See what stands still' }],
    });
  }
  if (health.worker.state === 'down') {
    items.push({
      id: 'worker',
      tone: 'bad',
      title: 'The worker is down',
      advice:
        'Commands are stored, but no view shows them until it runs again. npm start restarts it by itself; where it does not come back, its output says why.',
      links: PROJECTIONS_LINK,
    });
  }
  return items;
}

function toCauseItem(words: ConsoleWords, { id, kind, events, count }: Cause): AttentionItem {
  const [first] = events;
  if (first === undefined) {
    return { id, tone: 'warn', title: 'Some events wait', advice: '', links: PROJECTIONS_LINK };
  }
  const phrase = kind === 'waits' ? 'waits at' : 'cannot be folded past';
  const others = countOf(count - 1, 'more event has', 'more events have');
  const more = count === 1 ? '' : `; ${others} the same cause`;
  return {
    id,
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

const STANDING: readonly ViewFreshness['state'][] = [
  'paused',
  'stopped',
  'stuck',
  'blocked',
  'unknown',
];

/** Views that stand still, those together that do so for the same reason. */
function groupStanding(views: readonly ViewFreshness[]) {
  const standing = views.filter(({ state }) => STANDING.includes(state));
  const groups = groupBy(standing, ({ state, reason }) => JSON.stringify([state, reason]));
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [[first, ...rest] as const] : [],
  );
}

const SAYS = {
  paused: 'paused',
  stopped: 'stopped',
  stuck: 'stuck',
  blocked: 'blocked for some aggregates',
  unknown: 'of unknown freshness',
} as const;

/** What an operator has to end: it does not end by itself. */
function toStandingItem(
  words: ConsoleWords,
  { lag }: SystemState,
  first: ViewFreshness,
  rest: readonly ViewFreshness[],
): AttentionItem[] {
  const { state, view } = first;
  if (state === 'fresh' || state === 'behind') {
    return [];
  }
  const all = [view, ...rest.map((each) => each.view)];
  const names = nameViews(words, all);
  const row = lag?.projections.find(({ name }) => name === view);
  const isOutdated = row?.status === 'outdated';
  const says = isOutdated ? 'outdated' : SAYS[state];
  const status = isOutdated ? 'outdated' : state === 'stopped' ? 'down' : state;
  return [
    {
      id: `${state} ${view}`,
      tone: state === 'paused' || state === 'unknown' ? 'warn' : 'bad',
      title: `${names} ${rest.length === 0 ? 'is' : 'are'} ${says}`,
      advice:
        toProjectionNotice({ name: view, status, reason: first.reason }) ??
        'What it feeds stands still. Start a worker of this version.',
      links:
        all.length > MOST_NAMED ? PROJECTIONS_LINK : all.map((each) => toViewLink(words, each)),
      ...(rest.length === 0 && toMend(view, status)),
    },
  ];
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

function toLateItem(words: ConsoleWords, view: ViewFreshness, now: number): AttentionItem[] {
  const seconds = secondsSince(view.behindSince, now) ?? 0;
  const isMoving = view.state === 'behind' || view.state === 'blocked';
  return !isMoving || !view.eventsBehind || seconds < TROUBLE_SECONDS
    ? []
    : [
        {
          id: `late ${view.view}`,
          tone: 'warn',
          title: `${words.nameView(view.view).label} is ${formatSpan(Math.floor(seconds))} behind`,
          advice: `It is working through ${countOf(view.eventsBehind, 'event')}; its views show the past until then.`,
          links: [toViewLink(words, view.view)],
        },
      ];
}
