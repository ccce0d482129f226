import { nameProjection } from '#components/projections/projection-names.ts';
import { toProjectionNotice } from '#components/projections/projection-notice.ts';
import { TROUBLE_SECONDS } from '#components/ui/lag-tone.ts';
import type { ConsumerStatus, Health, ProjectionStatus } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';

export type AttentionItem = {
  readonly id: string;
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  /** What it means and what to do. */
  readonly advice: string;
  /** Where one can act. */
  readonly href?: string;
};

export type Observed = {
  readonly health: Health | undefined;
  readonly projections: readonly ProjectionStatus[];
  readonly consumers: readonly ConsumerStatus[];
};

/**
 * What an operator should look at now, the causes before what they cause: with the worker down,
 * every projection is, and one line says it.
 */
export function toAttention({ health, projections, consumers }: Observed): AttentionItem[] {
  const followers = [...consumers, ...projections];
  const engines = toEngineItems(health);
  return [
    ...engines,
    ...(health?.worker.state === 'down' ? [] : followers.flatMap(toDownItem)),
    ...followers.flatMap(toStuckItem),
    ...followers.flatMap(toStandingItem),
    ...(engines.length > 0 ? [] : followers.flatMap(toLateItem)),
  ];
}

function toEngineItems(health: Health | undefined): AttentionItem[] {
  const items: AttentionItem[] = [];
  if (health?.dynamodb.state === 'down') {
    items.push({
      id: 'dynamodb',
      tone: 'bad',
      title: 'DynamoDB does not answer',
      advice: 'No command can be carried out until it does. Check that it is running.',
    });
  }
  if (health?.postgresql.state === 'down') {
    items.push({
      id: 'postgresql',
      tone: 'bad',
      title: 'PostgreSQL does not answer',
      advice: 'Lists and figures cannot be read; commands go on. Check that it is running.',
    });
  }
  if (health?.worker.state === 'down') {
    items.push({
      id: 'worker',
      tone: 'bad',
      title: 'The worker is down',
      advice:
        'Commands are stored, but no view shows them until it runs again. npm start restarts it by itself; where it does not come back, its output says why.',
      href: '/projections',
    });
  }
  return items;
}

type Follower = ConsumerStatus | ProjectionStatus;

function toDownItem({ name, status }: Follower): AttentionItem[] {
  return status !== 'down'
    ? []
    : [
        {
          id: `down ${name}`,
          tone: 'bad',
          title: `${nameProjection(name).label}: no worker runs it`,
          advice: 'What it feeds stands still. Start a worker of this version.',
          href: '/projections',
        },
      ];
}

function toStuckItem(follower: Follower): AttentionItem[] {
  const { name, status } = follower;
  const error = 'error' in follower ? follower.error : follower.reason;
  return status !== 'stuck'
    ? []
    : [
        {
          id: `stuck ${name}`,
          tone: 'bad',
          title: `${nameProjection(name).label} is stuck`,
          advice: `It tries again by itself. ${error ?? ''}`.trim(),
          href: '/projections',
        },
      ];
}

const STANDING = {
  blocked: { tone: 'bad', says: 'is blocked for some accounts' },
  outdated: { tone: 'bad', says: 'is outdated' },
  paused: { tone: 'warn', says: 'is paused' },
} as const;

/** What an operator has to end: it does not end by itself. */
function toStandingItem(follower: Follower): AttentionItem[] {
  const { name, status } = follower;
  if (status !== 'blocked' && status !== 'outdated' && status !== 'paused') {
    return [];
  }
  const { tone, says } = STANDING[status];
  return [
    {
      id: `${status} ${name}`,
      tone,
      title: `${nameProjection(name).label} ${says}`,
      advice: toProjectionNotice(follower) ?? '',
      href: '/projections',
    },
  ];
}

function toLateItem({ name, status, secondsBehind, eventsBehind }: Follower): AttentionItem[] {
  const isMoving = status === 'running' || status === 'rebuilding' || status === 'blocked';
  return !isMoving || eventsBehind === 0 || secondsBehind < TROUBLE_SECONDS
    ? []
    : [
        {
          id: `late ${name}`,
          tone: 'warn',
          title: `${nameProjection(name).label} is ${formatSpan(secondsBehind)} behind`,
          advice: `It is working through ${countOf(eventsBehind, 'event')}; its views show the past until then.`,
          href: '/projections',
        },
      ];
}
