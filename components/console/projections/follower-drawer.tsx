'use client';

import { Alert, Drawer, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { RebuildSummary } from '#components/console/rebuild/rebuild-summary.tsx';
import { useFreshness, useServerNow, useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { FollowerActions } from './follower-actions.tsx';
import classes from './follower-drawer.module.css';
import { FollowerFigures } from './follower-figures.tsx';
import { toFollowerStatus } from './follower-status.ts';
import type { Follower } from './followers.ts';
import { LagHistoryPanel } from './lag-history-panel.tsx';
import { toProjectionNotice } from './projection-notice.ts';
import { RecentOperations } from './recent-operations.tsx';
import { useFollower } from './use-followers.ts';

export type FollowerDrawerProps = {
  /** The follower whose details are open; null closes them. */
  name: string | null;
  onClose: () => void;
};

/** Everything that is known of one follower, beside the tables. */
export function FollowerDrawer({ name, onClose }: FollowerDrawerProps) {
  const { nameView } = useConsole();
  const follower = useFollower(name);
  return (
    <Drawer
      opened={name !== null}
      onClose={onClose}
      position="right"
      size={560}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={
        <span className={classes.title}>
          {nameView(name ?? '').label} <code className={classes.id}>{name}</code>
        </span>
      }
    >
      {follower === undefined ? <PanelSkeleton lines={8} /> : null}
      {follower === null && name !== null ? (
        <p>
          Nothing of that name follows the event store now, or the database that knows it does not
          answer.
        </p>
      ) : null}
      {follower ? <FollowerDetails key={follower.name} follower={follower} /> : null}
    </Drawer>
  );
}

function FollowerDetails({ follower }: { follower: Follower }) {
  const { label, purpose } = useConsole().nameView(follower.name);
  const { data } = useSystem();
  const view = useFreshness(follower.name);
  const now = useServerNow();
  const status = toFollowerStatus(follower.status, view, now);
  const notice = toProjectionNotice(follower, view);
  return (
    <Stack gap="md">
      {purpose ? <p className={classes.purpose}>{purpose}</p> : null}
      <div className={classes.head}>
        <StatusBadge tone={status.tone}>{status.word}</StatusBadge>
        <FollowerActions follower={follower} />
      </div>
      {notice === null ? null : (
        <Alert
          color={status.tone === 'bad' ? 'red' : 'yellow'}
          icon={<IconAlertTriangle aria-hidden />}
        >
          {notice}
        </Alert>
      )}
      <FollowerFigures follower={follower} history={data?.history ?? []} />
      <LagHistoryPanel follower={follower} label={label} />
      {follower.kind === 'projection' ? <RebuildSummary name={follower.name} /> : null}
      <RecentOperations subject={follower.name} />
    </Stack>
  );
}
