'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { toFollowerStatus } from '#components/projections/follower-status.ts';
import { nameProjection } from '#components/projections/projection-names.ts';
import { useProjectionLag } from '#components/projections/use-lag.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useLive } from '#components/ui/use-live.ts';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import classes from './lag-panel.module.css';

/** How far each projection is behind the journal, live. */
export function LagPanel() {
  const lag = useProjectionLag();
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
  const { name, eventsBehind, secondsBehind } = projection;
  const { tone, word } = toFollowerStatus(projection);
  const position = useLive((live) => Math.max(live.positions[name] ?? 0, projection.position));
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        {nameProjection(name).label}
        <span className={classes.position}>at {formatCount(position)}</span>
      </span>
      <span className={classes.lag}>
        {eventsBehind === 0 ? null : (
          <span className={classes.behind}>
            {formatCount(eventsBehind)} · {formatSpan(secondsBehind)}
          </span>
        )}
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </span>
    </li>
  );
}
