import { nameProjection } from '#components/projections/projection-names.ts';
import { toProjectionNotice } from '#components/projections/projection-notice.ts';
import { secondsSince } from '#components/system/freshness-words.ts';
import { describeTrouble, nameEvent, nameViews } from '#components/system/trouble-words.ts';
import { TROUBLE_SECONDS } from '#components/ui/lag-limits.ts';
import type { Health } from '#lib/contracts/queries.ts';
import type { Cause, SystemState, ViewFreshness } from '#lib/contracts/system.ts';
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
};

const PROJECTIONS_LINK = [{ href: '/projections', label: 'See the projections' }];

/** Accounts that a cause names. */
const MOST_NAMED = 3;

/**
 * What an operator should look at now, one item per cause: with the worker down every view is stopped,
 * and one line says it; one event that no view can take in is one line too. `now`: milliseconds since
 * 1970 by the server's clock.
 */
export function toAttention(system: SystemState, now: number): AttentionItem[] {
  const { health, causes, views } = system;
  const isSilent = health.dynamodb.state !== 'up' || health.postgresql.state !== 'up';
  const isWorkerDown = health.worker.state === 'down';
  const waits = causes.some(({ kind }) => kind === 'waits');
  return [
    ...toEngineItems(health),
    ...causes.map(toCauseItem),
    ...groupStanding(views).flatMap(([first, ...rest]) => {
      const isExplained =
        (first.state === 'stopped' && isWorkerDown) ||
        (first.state === 'unknown' && isSilent) ||
        (first.state === 'blocked' && waits);
      return isExplained ? [] : toStandingItem(system, first, rest);
    }),
    ...(isSilent || isWorkerDown ? [] : views.flatMap((view) => toLateItem(view, now))),
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
      links: [],
    });
  }
  if (health.postgresql.state === 'down') {
    items.push({
      id: 'postgresql',
      tone: 'bad',
      title: 'PostgreSQL does not answer',
      advice: 'Lists and figures cannot be read; commands go on. Check that it is running.',
      links: [],
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

function toCauseItem({ id, kind, events, count }: Cause): AttentionItem {
  const [first] = events;
  if (first === undefined) {
    return { id, tone: 'warn', title: 'Some events wait', advice: '', links: PROJECTIONS_LINK };
  }
  const verb = kind === 'waits' ? 'waits at' : 'cannot be folded past';
  const others = countOf(count - 1, 'event has', 'events have');
  const more = count === 1 ? '' : `; ${others} the same cause`;
  return {
    id,
    tone: kind === 'waits' ? 'bad' : 'warn',
    title: `${first.accountId} ${verb} event ${first.eventSequence}${more}`,
    advice: describeTrouble(first),
    links: events.slice(0, MOST_NAMED).flatMap((event) => [
      {
        href: `/accounts/${encodeURIComponent(event.accountId)}`,
        label: `Account ${event.accountId}`,
      },
      ...(event.eventId === null
        ? []
        : [{ href: `/events/${encodeURIComponent(event.eventId)}`, label: nameEvent(event) }]),
    ]),
  };
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
  blocked: 'blocked for some accounts',
  unknown: 'of unknown freshness',
} as const;

/** What an operator has to end: it does not end by itself. */
function toStandingItem(
  { lag }: SystemState,
  first: ViewFreshness,
  rest: readonly ViewFreshness[],
): AttentionItem[] {
  const { state, view } = first;
  if (state === 'fresh' || state === 'behind') {
    return [];
  }
  const names = nameViews([view, ...rest.map((each) => each.view)]);
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
      links: PROJECTIONS_LINK,
    },
  ];
}

function toLateItem(view: ViewFreshness, now: number): AttentionItem[] {
  const seconds = secondsSince(view.behindSince, now) ?? 0;
  const isMoving = view.state === 'behind' || view.state === 'blocked';
  return !isMoving || !view.eventsBehind || seconds < TROUBLE_SECONDS
    ? []
    : [
        {
          id: `late ${view.view}`,
          tone: 'warn',
          title: `${nameProjection(view.view).label} is ${formatSpan(Math.floor(seconds))} behind`,
          advice: `It is working through ${countOf(view.eventsBehind, 'event')}; its views show the past until then.`,
          links: PROJECTIONS_LINK,
        },
      ];
}
