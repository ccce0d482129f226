'use client';

import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { parseAsInteger, useQueryState } from 'nuqs';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import type { Frame } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { EventEntry } from '../timeline/event-entry.tsx';
import { blockOf } from './frame-blocks.ts';
import { frameAt, frameQuery } from './frame-query.ts';
import classes from './frame-view.module.css';
import { StateTable } from './state-table.tsx';

export type FrameViewProps = {
  accountId: string;
  version: number;
  currency: string;
  frame: Frame | undefined;
  /** The frame before; undefined before the opening. */
  previous: Frame | undefined;
  /** False while the frame of the position itself is on its way. */
  current: boolean;
};

/** What happened at the position, and the state it led to, compared with the one before. */
export function FrameView({
  accountId,
  version,
  currency,
  frame,
  previous,
  current,
}: FrameViewProps) {
  const [pinned, setPinned] = useQueryState('compare', parseAsInteger);
  const base = pinned === null || pinned < 0 || pinned > version ? null : pinned;
  const { data: baseFrames } = useQuery({
    ...frameQuery(accountId, blockOf(base ?? 0, version)),
    enabled: base !== null,
  });
  if (frame === undefined) {
    return <PanelSkeleton lines={6} />;
  }
  const before = base === null ? previous : frameAt(baseFrames, base);
  return (
    <div className={classes.view} aria-busy={!current}>
      <section className={classes.event} aria-label="Event at this position">
        <h3 className={classes.title}>Event</h3>
        {frame.event ? (
          <EventEntry event={frame.event} density="full" withoutTime />
        ) : (
          <p className={classes.none}>Nothing has happened yet: the account is not opened.</p>
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
              onClick={() => void setPinned(frame.sequence)}
            >
              Compare from here
            </Button>
          ) : (
            <Button variant="subtle" size="compact-xs" onClick={() => void setPinned(null)}>
              Compare with the event before
            </Button>
          )}
        </Group>
        <StateTable before={before?.state} after={frame.state} currency={currency} />
      </section>
    </div>
  );
}
