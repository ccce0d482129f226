'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { aggregateKey } from '#components/console/aggregate/aggregate-queries.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel, PanelFrame } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { type UserRow, userHotViewsSchema } from '#lib/modules/users/queries.ts';
import classes from '../facts.module.css';
import { UserStatus } from '../user-status.tsx';
import { userPath } from './user-queries.ts';

/** While an item is behind the user, it is read again so often, in milliseconds. */
const CATCH_UP_MS = 1_000;

export type ProfileTabProps = {
  user: UserRow;
  /** The newest event of the user that the page knows of. */
  newest: number;
};

/** When what happened to the user, and what DynamoDB's own views hold of them. */
export function ProfileTab({ user, newest }: ProfileTabProps) {
  return (
    <div className={classes.views}>
      <PanelFrame title="Profile">
        <dl className={classes.facts}>
          <Fact label="Registered">
            <Time iso={user.registeredAt} />
          </Fact>
          <Fact label="Last change">
            <Time iso={user.updatedAt} />
          </Fact>
          {user.deactivatedAt === null ? null : (
            <Fact label="Deactivated">
              <Time iso={user.deactivatedAt} />
            </Fact>
          )}
          <Fact label="Events">{formatCount(user.version)}</Fact>
        </dl>
      </PanelFrame>
      <HotViews userId={user.userId} newest={newest} />
    </div>
  );
}

function HotViews({ userId, newest }: { userId: string; newest: number }) {
  const query = useQuery({
    queryKey: aggregateKey(toAggregateId('user', userId), 'hot-views', 'items'),
    queryFn: ({ signal }) =>
      fetchApi(userHotViewsSchema, userPath(userId, 'hot-views'), { signal }),
    refetchInterval: ({ state: { data } }) =>
      data && Math.min(data.summary?.sequence ?? 0, data.detail?.sequence ?? 0) < newest
        ? CATCH_UP_MS
        : false,
  });
  return (
    <Panel
      title="Hot views"
      subtitle="DynamoDB items, kept by their own stream consumer"
      query={query}
    >
      {({ summary, detail, problems }) => (
        <div className={classes.views}>
          <HotView
            name="user-summaries"
            item={summary}
            permissions={null}
            problem={problems.summary}
            newest={newest}
          />
          <HotView
            name="user-details"
            item={detail}
            permissions={detail?.permissions ?? null}
            problem={problems.detail}
            newest={newest}
          />
        </div>
      )}
    </Panel>
  );
}

type HotViewProps = {
  name: string;
  item: (Pick<UserRow, 'name' | 'email' | 'status'> & { readonly sequence: number }) | null;
  /** Null where the view does not know of them. */
  permissions: readonly string[] | null;
  /** Why the item cannot be used; null where it can. */
  problem: string | null;
  newest: number;
};

function HotView({ name, item, permissions, problem, newest }: HotViewProps) {
  const behind = newest - (item?.sequence ?? 0);
  const place = item === null ? 'No item yet' : `At event ${formatCount(item.sequence)}`;
  const late = behind > 0 ? ` · ${countOf(behind, 'event')} behind` : '';
  return (
    <section aria-label={name}>
      <div className={classes.heading}>
        <h3>{name}</h3>
        <StatusBadge tone={behind > 0 || problem !== null ? 'warn' : 'good'}>
          {problem === null ? place + late : 'Not usable'}
        </StatusBadge>
      </div>
      {problem}
      {item === null ? null : (
        <dl className={classes.facts}>
          <Fact label="Name">{item.name}</Fact>
          <Fact label="E-mail address">{item.email}</Fact>
          <Fact label="Status">
            <UserStatus status={item.status} />
          </Fact>
          {permissions === null ? null : (
            <Fact label="Permissions">{permissions.join(', ') || 'None'}</Fact>
          )}
        </dl>
      )}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
