import type { Cause, FailingWebhook, SystemState, ViewFreshness } from './contracts/system.ts';
import { groupBy } from './group-by.ts';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from './lag-threshold.ts';
import { secondsSince } from './seconds-since.ts';

type Views = readonly [ViewFreshness, ...ViewFreshness[]];

/** What an operator has to end: it does not end by itself. */
const STANDING = ['paused', 'stopped', 'stuck', 'blocked', 'unknown'] as const;
type Standing = (typeof STANDING)[number];

/** One thing that is wrong, whatever is wrong because of it. */
export type Alert = {
  /** The same for as long as it lasts. */
  readonly id: string;
  /** How large it is: events with that cause, views that stand still, seconds behind. */
  readonly size: number;
} & (
  | { readonly kind: 'dynamodb' | 'postgresql' | 'worker' }
  | { readonly kind: 'events'; readonly cause: Cause }
  | { readonly kind: 'webhook'; readonly webhook: FailingWebhook }
  /** Views that stand still for the same reason. */
  | { readonly kind: 'standing'; readonly state: Standing; readonly views: Views }
  /** A view that moves, and is behind by its threshold or more. */
  | { readonly kind: 'late'; readonly view: ViewFreshness; readonly thresholdSeconds: number }
);

/**
 * What is wrong, one alert per cause: with the worker down every view is stopped, and one alert says it;
 * one event that no view can take in is one too. `now`: milliseconds since 1970 by the server's clock. Pure.
 */
export function toAlerts(system: Omit<SystemState, 'launcher'>, now: number): Alert[] {
  const { health, causes, views } = system;
  const isSilent = health.dynamodb.state !== 'up' || health.postgresql.state !== 'up';
  const isWorkerDown = health.worker.state === 'down';
  const waits = causes.some(({ kind }) => kind === 'waits');
  const standing = STANDING.flatMap((state) => groupStanding(views, state)).filter(({ state }) => {
    const isExplained =
      (state === 'stopped' && isWorkerDown) ||
      (state === 'unknown' && isSilent) ||
      (state === 'blocked' && waits);
    return !isExplained;
  });
  return [
    ...(['dynamodb', 'postgresql', 'worker'] as const)
      .filter((part) => health[part].state === 'down')
      .map((kind): Alert => ({ id: kind, kind, size: 1 })),
    ...causes.map((cause): Alert => {
      return { id: cause.id, kind: 'events', size: cause.count, cause };
    }),
    ...standing,
    ...(system.failingWebhooks ?? []).flatMap((webhook) => toWebhookAlert(webhook, now)),
    ...(isSilent || isWorkerDown ? [] : views.flatMap((view) => toLate(view, now))),
  ];
}

/** Views that stand still in the same way, those together that do so for the same reason. */
function groupStanding(
  views: readonly ViewFreshness[],
  state: Standing,
): Extract<Alert, { kind: 'standing' }>[] {
  const groups = groupBy(
    views.filter((view) => view.state === state),
    ({ reason }) => JSON.stringify(reason),
  );
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first
      ? [
          {
            id: `${state} ${first.view}`,
            kind: 'standing' as const,
            size: 1 + rest.length,
            state,
            views: [first, ...rest] as const,
          },
        ]
      : [],
  );
}

/** A receiver that is being started anew fails for some moments. */
const MOST_FAILING_SECONDS = 60;

function toWebhookAlert(webhook: FailingWebhook, now: number): Alert[] {
  const isShort = (secondsSince(webhook.failingSince, now) ?? 0) < MOST_FAILING_SECONDS;
  return webhook.status !== 'disabled' && isShort
    ? []
    : [{ id: `webhook ${webhook.name}`, kind: 'webhook', size: 1, webhook }];
}

function toLate(view: ViewFreshness, now: number): Alert[] {
  const size = secondsSince(view.behindSince, now) ?? 0;
  const thresholdSeconds = view.thresholdSeconds ?? DEFAULT_LAG_THRESHOLD_SECONDS;
  const isMoving = view.state === 'behind' || view.state === 'blocked';
  return !isMoving || !view.eventsBehind || size < thresholdSeconds
    ? []
    : [{ id: `late ${view.view}`, kind: 'late', size, view, thresholdSeconds }];
}
