'use client';

import type { ReactNode } from 'react';
import { AggregateHeader } from '#components/console/aggregate/aggregate-header.tsx';
import { AggregateTabs } from '#components/console/aggregate/aggregate-tabs.tsx';
import { TroubleBanner } from '#components/console/aggregate/trouble-banner.tsx';
import { useFollowAggregate } from '#components/console/aggregate/use-follow-aggregate.ts';
import { useOwnSequence } from '#components/console/aggregate/use-own-sequence.ts';
import { useStanding } from '#components/console/aggregate/use-standing.ts';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { UserAnswer } from '#lib/modules/users/queries.ts';
import { UserStatus } from '../user-status.tsx';
import { PermissionsTab } from './permissions-tab.tsx';
import { ProfileTab } from './profile-tab.tsx';
import { UserCommands } from './user-commands.tsx';
import { USER_PARTS } from './user-parts.tsx';
import { PROJECTIONS } from './user-queries.ts';

export type UserBodyProps = {
  answer: UserAnswer;
  issue: IssueCommand;
  /** Why the user could not be read again, when they could not. */
  problem: ReactNode;
};

/** The list that users are of. */
export const LIST = { href: '/users', label: 'Users' };

/** The page of a user that the read models have. */
export function UserBody({ answer, issue, problem }: UserBodyProps) {
  const { user, permissions, freshness } = answer;
  const aggregateId = toAggregateId('user', user.userId);
  const announced = useFollowAggregate(aggregateId, PROJECTIONS);
  const stored = useStanding(aggregateId).data?.newestSequence ?? 0;
  const { own, accept } = useOwnSequence(aggregateId);
  const newest = Math.max(user.version, announced, own, stored);

  return (
    <>
      <TroubleBanner aggregateId={aggregateId} />
      <AggregateHeader
        aggregateId={aggregateId}
        title={user.name}
        list={LIST}
        identity={
          <>
            <IdText value={user.userId} label="Copy user id" />
            <span>{user.email}</span>
            <UserStatus status={user.status} />
          </>
        }
        version={user.version}
        freshness={freshness}
        commands={<UserCommands answer={answer} issue={issue} onAccepted={accept} />}
        problem={problem}
      />
      <AggregateTabs
        aggregateId={aggregateId}
        shown={user.version}
        newest={newest}
        own={own}
        parts={USER_PARTS}
        tabs={[
          {
            value: 'profile',
            label: 'Profile',
            content: <ProfileTab user={user} newest={newest} />,
          },
          {
            value: 'permissions',
            label: 'Permissions',
            content: <PermissionsTab userId={user.userId} permissions={permissions} />,
          },
        ]}
      />
    </>
  );
}
