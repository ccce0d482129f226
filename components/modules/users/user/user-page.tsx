'use client';

import { MissingAggregate } from '#components/console/aggregate/missing-aggregate.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { LIST, UserBody } from './user-body.tsx';
import { useUser } from './user-queries.ts';

export type UserPageProps = { userId: string; issue: IssueCommand };

/** One user: who they are, what they may do, what happened to them, and their commands. */
export function UserPage({ userId, issue }: UserPageProps) {
  const query = useUser(userId);
  const { data, error, isFetching, refetch } = query;
  if (data === undefined) {
    return (
      <MissingAggregate aggregateId={toAggregateId('user', userId)} query={query} list={LIST} />
    );
  }
  const problem = error ? (
    <QueryError
      error={error}
      what={`User ${userId}`}
      retry={() => void refetch()}
      retrying={isFetching}
      compact
    />
  ) : null;
  return <UserBody answer={data} issue={issue} problem={problem} />;
}
