'use client';

import { useQuery } from '@tanstack/react-query';
import { frameAt, frameQuery } from '#components/console/aggregate/time-machine/frame-query.ts';
import { StateTable } from '#components/console/aggregate/time-machine/state-table.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import classes from './event-effect.module.css';

/** What an event made of its aggregate's state: every field, with what it was before. */
export function EventEffect({ aggregateId, sequence }: { aggregateId: string; sequence: number }) {
  const { noun, toStateParts } = useConsole().nameAggregate(aggregateId);
  const query = useQuery(frameQuery(aggregateId, { from: sequence - 1, to: sequence }));
  const { data, error } = query;
  const after = frameAt(data, sequence);
  return (
    <section className={classes.effect} aria-label="State before and after">
      <h3 className={classes.title}>State of the {noun}, before → after</h3>
      {query.isPending ? <PanelSkeleton lines={4} /> : null}
      {error && !data ? (
        <QueryError
          error={error}
          what="State"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
          compact
        />
      ) : null}
      {after ? (
        <StateTable
          before={frameAt(data, sequence - 1)?.state}
          after={after.state}
          parts={toStateParts?.(after.state) ?? {}}
        />
      ) : null}
      {data && !after ? (
        <p className={classes.none}>
          {data.wall?.sentence ?? 'The event store does not have this event.'}
        </p>
      ) : null}
    </section>
  );
}
