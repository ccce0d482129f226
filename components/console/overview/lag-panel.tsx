'use client';

import { Anchor, Skeleton } from '@mantine/core';
import Link from 'next/link';
import { toFollowerStatus } from '#components/console/projections/follower-status.ts';
import { useProjectionLag } from '#components/console/projections/use-lag.ts';
import { useFreshness, useServerNow } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useLive } from '#components/ui/use-live.ts';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { secondsSince } from '#lib/seconds-since.ts';
import { formatSpan } from '#lib/time-format.ts';
import classes from './lag-panel.module.css';

/** How far each projection is behind the event store, live. */
export function LagPanel() {
  const lag = useProjectionLag();
  const { viewCount } = useConsole();
  const liveHead = useLive((live) => live.head ?? 0);
  return (
    <Panel
      title="Lag per projection"
      subtitle={
        lag.data
          ? `Journal at position ${formatCount(Math.max(liveHead, lag.data.head))}`
          : undefined
      }
      query={lag}
      skeleton={<Skeleton height={viewCount * 36} radius="md" />}
      isEmpty={({ projections }) => projections.length === 0}
      empty={{
        title: 'No projection has started',
        hint: 'They appear when a worker runs for the first time.',
      }}
      actions={
        <Anchor component={Link} href="/projections" size="sm">
          Projections
        </Anchor>
      }
    >
      {({ projections }) => (
        <ul className={classes.list}>
          {projections.map((projection) => (
            <Row key={projection.name} projection={projection} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ projection }: { projection: ProjectionStatus }) {
  const { name } = projection;
  const { nameView } = useConsole();
  const view = useFreshness(name);
  const now = useServerNow();
  const { tone, word } = toFollowerStatus(projection.status, view, now);
  const seconds = secondsSince(view?.behindSince ?? null, now);
  const position = useLive((live) => Math.max(live.positions[name] ?? 0, projection.position));
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        {nameView(name).label}
        <span className={classes.position}>at {formatCount(position)}</span>
      </span>
      <span className={classes.lag}>
        {view?.eventsBehind ? (
          <span className={classes.behind}>
            {view.atLeast ? '≥ ' : ''}
            {formatCount(view.eventsBehind)}
            {seconds === null ? '' : ` · ${formatSpan(Math.floor(seconds))}`}
          </span>
        ) : null}
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </span>
    </li>
  );
}
