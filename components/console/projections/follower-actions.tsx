import { Button } from '@mantine/core';
import Link from 'next/link';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import classes from './follower-table.module.css';
import { type Follower, HOT_CONSUMER } from './followers.ts';
import { PauseButton } from './pause-button.tsx';
import { toRebuildPath } from './rebuild-path.ts';

export type FollowerActionsProps = { follower: Pick<Follower, 'name' | 'kind' | 'status'> };

/** What can be done to a follower, where it stands. */
export function FollowerActions({ follower }: FollowerActionsProps) {
  return (
    <span className={classes.actions}>
      <PauseButton follower={follower} />
      {follower.name === HOT_CONSUMER ? (
        <DisabledReason reason="Each hot view is rebuilt by itself, from its own row.">
          <Button variant="default" size="compact-xs">
            Rebuild…
          </Button>
        </DisabledReason>
      ) : (
        <Button
          component={Link}
          href={toRebuildPath(follower.name)}
          prefetch={false}
          variant="default"
          size="compact-xs"
        >
          Rebuild…
        </Button>
      )}
    </span>
  );
}
