'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { ApiError } from '#components/ui/api-client.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PanelFrame, type PanelQuery, PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useConsole } from '../use-console.tsx';
import { AggregatePage } from './aggregate-page.tsx';
import { useStanding } from './use-standing.ts';

export type MissingAggregateProps = {
  aggregateId: string;
  /** What the read model was asked, and has not answered. */
  query: PanelQuery<unknown>;
  /** Where the others are. */
  list: { readonly href: string; readonly label: string };
};

/**
 * What stands in the place of an aggregate that the read model does not answer for: that it is asked, that
 * there is none, or what the event store says of it.
 */
export function MissingAggregate({ aggregateId, query, list }: MissingAggregateProps) {
  const { id, noun, icon: Icon, label } = useConsole().nameAggregate(aggregateId);
  const standing = useStanding(aggregateId);
  const { error, isFetching, refetch } = query;
  if (error === null) {
    return (
      <PanelFrame title={label} busy>
        <PanelSkeleton lines={6} />
      </PanelFrame>
    );
  }
  const isUnread = error instanceof ApiError && error.status === 404;
  const isImpossible = error instanceof ApiError && error.code === 'AGGREGATE_NOT_FOUND';
  if (isImpossible || (isUnread && standing.data?.newestSequence === 0)) {
    return (
      <PanelFrame title={`Unknown ${noun}`} hideTitle>
        <EmptyState
          icon={<Icon size={22} />}
          title={`There is no ${noun} ${id}`}
          hint="Neither the read model nor the event store has this id."
          action={
            <Button component={Link} href={`${list.href}?q=${encodeURIComponent(id)}`}>
              Search {list.label.toLowerCase()}
            </Button>
          }
        />
      </PanelFrame>
    );
  }
  return (
    <>
      <PanelFrame title={label} hideTitle flush>
        <QueryError error={error} what={label} retry={() => void refetch()} retrying={isFetching} />
      </PanelFrame>
      <AggregatePage aggregateId={aggregateId} />
    </>
  );
}
