'use client';

import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchApi } from '#components/ui/api-client.ts';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { viewsAtSchema } from '#lib/contracts/aggregates.ts';
import { formatCount } from '#lib/count-format.ts';
import { aggregateKey, aggregatePath } from '../aggregate-queries.ts';
import { HeldView } from './held-view.tsx';
import classes from './views-at.module.css';

export type ViewsAtProps = {
  aggregateId: string;
  sequence: number;
  /** The folded state there. */
  state: Readonly<Record<string, string>>;
};

/** The views are asked for where the position has stayed for so long, in milliseconds. */
const SETTLED_MS = 350;

/** Every view folds the history from its first event on: a longer one than this only when somebody asks. */
const MOST_UNASKED = 5_000;

/** What every view held at the position, beside the folded state; where they differ is marked. */
export function ViewsAt({ aggregateId, sequence, state }: ViewsAtProps) {
  const [settled] = useDebouncedValue(sequence, SETTLED_MS);
  const [isAsked, setAsked] = useState(false);
  const isLong = settled > MOST_UNASKED && !isAsked;
  const query = useQuery({
    queryKey: aggregateKey(aggregateId, 'views-at', settled),
    queryFn: async ({ signal }) => {
      const path = aggregatePath(aggregateId, 'views');
      const params = { sequence: settled };
      return { sequence: settled, ...(await fetchApi(viewsAtSchema, path, { params, signal })) };
    },
    enabled: !isLong,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data } = query;
  const isCurrent = data?.sequence === sequence;
  return (
    <section
      className={classes.section}
      aria-label="What the views held at this position"
      aria-busy={query.isFetching || sequence !== settled}
    >
      <h3 className={classes.title}>
        Views{' '}
        <span className={classes.hint}>
          {isCurrent || data === undefined
            ? 'as each folds the same events'
            : `at event ${formatCount(data.sequence)}`}
        </span>
      </h3>
      {isLong ? (
        <p className={classes.long}>
          Each view folds all {formatCount(settled)} events for this.
          <Button variant="default" size="compact-sm" onClick={() => setAsked(true)}>
            Fold them
          </Button>
        </p>
      ) : null}
      {query.error ? (
        <QueryError
          compact
          error={query.error}
          what="Views"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
      {!isLong && query.isPending && query.error === null ? <PanelSkeleton lines={4} /> : null}
      {data && !isLong ? (
        <div className={classes.views} data-past={isCurrent ? undefined : true}>
          {data.views.map((view) => (
            <HeldView key={view.view} held={view} state={isCurrent ? state : null} />
          ))}
        </div>
      ) : null}
    </section>
  );
}
