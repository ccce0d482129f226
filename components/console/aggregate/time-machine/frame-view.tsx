'use client';

import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import type { Frame } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { EventEntry } from '../timeline/event-entry.tsx';
import { blockOf } from './frame-blocks.ts';
import { frameAt, frameQuery } from './frame-query.ts';
import classes from './frame-view.module.css';
import { StateTable } from './state-table.tsx';
import type { TimeMachineParts } from './time-machine-parts.ts';
import type { Compared } from './use-compared.ts';
import { ViewsAt } from './views-at.tsx';

export type FrameViewProps = {
  aggregateId: string;
  version: number;
  parts: TimeMachineParts;
  compared: Compared;
  frame: Frame | undefined;
  /** The frame before; undefined before the first event. */
  previous: Frame | undefined;
  /** False while the frame of the position itself is on its way. */
  current: boolean;
};

/** What happened at the position, and the state it led to, compared with the one before. */
export function FrameView({
  aggregateId,
  version,
  parts,
  compared,
  frame,
  previous,
  current,
}: FrameViewProps) {
  const base = compared.chosen;
  const { data: baseFrames } = useQuery({
    ...frameQuery(aggregateId, blockOf(base ?? 0, version)),
    enabled: base !== null,
  });
  if (frame === undefined) {
    return <PanelSkeleton lines={6} />;
  }
  const link = frame.event ? parts.toLink?.(frame.event) : undefined;
  const State = parts.State ?? StateTable;
  const before = base === null ? previous : frameAt(baseFrames, base);
  return (
    <div className={classes.view} aria-busy={!current}>
      <div className={classes.fold}>
        <section className={classes.event} aria-label="Event at this position">
          <Group justify="space-between" gap="xs">
            <h3 className={classes.title}>Event</h3>
            {link ? (
              <Anchor component={Link} href={link.href} prefetch={false} size="xs">
                {link.label}
              </Anchor>
            ) : null}
          </Group>
          {frame.event ? (
            <EventEntry event={frame.event} density="full" withoutTime />
          ) : (
            <p className={classes.none}>Nothing has happened yet.</p>
          )}
        </section>
        <section aria-label="State at this position">
          <Group justify="space-between" mb={6} gap="xs">
            <h3 className={classes.title}>
              State{' '}
              <span className={classes.hint}>
                {base === null
                  ? 'compared with the event before'
                  : `compared with event ${formatCount(base)}`}
              </span>
            </h3>
            {base === null ? (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => compared.choose(frame.sequence)}
              >
                Compare from here
              </Button>
            ) : (
              <Button variant="subtle" size="compact-xs" onClick={compared.clear}>
                Compare with the event before
              </Button>
            )}
          </Group>
          <State before={before?.state} after={frame.state} parts={parts} />
        </section>
      </div>
      <ViewsAt aggregateId={aggregateId} sequence={frame.sequence} state={frame.state} />
    </div>
  );
}
