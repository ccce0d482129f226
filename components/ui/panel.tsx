'use client';

import { Skeleton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { EmptyState, type EmptyStateProps } from './empty-state.tsx';
import classes from './panel.module.css';
import { QueryError } from './query-error.tsx';

/** What a panel uses of a react-query result, of one page or of many. */
export type PanelQuery<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
};

type FrameProps = {
  title: string;
  /** At the right of the title: freshness, filters, links. */
  actions?: ReactNode;
  /** One line under the title. */
  subtitle?: ReactNode;
  /** Leaves the padding out, for a table that reaches the edges. */
  flush?: boolean;
  /** Keeps the title for screen readers only, where the page's own title says the same. */
  hideTitle?: boolean;
};

export type PanelProps<T> = FrameProps & {
  query: PanelQuery<T>;
  /** What is drawn while nothing has come yet; a few grey lines when left out. */
  skeleton?: ReactNode;
  isEmpty?: (data: T) => boolean;
  empty?: EmptyStateProps;
  children: (data: T) => ReactNode;
};

/**
 * One query and its view, loading, failing and empty on its own. A failed refresh keeps what was
 * shown, with a line that says so.
 */
export function Panel<T>({ query, skeleton, isEmpty, empty, children, ...frame }: PanelProps<T>) {
  const { data, error } = query;
  const failure = {
    error,
    what: frame.title,
    retry: () => void query.refetch(),
    retrying: query.isFetching,
  };
  return (
    <PanelFrame {...frame} busy={data === undefined && !error}>
      {data === undefined ? (
        error ? (
          <QueryError {...failure} />
        ) : (
          (skeleton ?? <PanelSkeleton />)
        )
      ) : (
        <>
          {error ? <QueryError {...failure} compact /> : null}
          {empty && isEmpty?.(data) ? <EmptyState {...empty} /> : children(data)}
        </>
      )}
    </PanelFrame>
  );
}

/** A panel's frame and title, for content that comes from no query or from several. */
export function PanelFrame({
  title,
  actions,
  subtitle,
  flush = false,
  hideTitle = false,
  busy = false,
  children,
}: FrameProps & { busy?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id} aria-busy={busy}>
      <div className={classes.header} data-bare={(hideTitle && !actions) || undefined}>
        <div className={classes.heading}>
          <h2 id={id} className={hideTitle ? classes.hidden : classes.title}>
            {title}
          </h2>
          {subtitle ? <p className={classes.subtitle}>{subtitle}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}

/** Grey lines in the place of text. */
export function PanelSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={classes.skeleton}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same
        <Skeleton key={index} height={12} radius="sm" width={`${90 - ((index * 17) % 45)}%`} />
      ))}
    </div>
  );
}
