import { Skeleton } from '@mantine/core';
import classes from './follower-table.module.css';

/** Stands for a table of so many followers, so that what is below it does not move far when it comes. */
export function FollowerSkeleton({ rows }: { rows: number }) {
  return (
    <div className={classes.skeleton}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
        <div key={index} className={classes.skeletonRow}>
          <Skeleton height={12} radius="sm" />
        </div>
      ))}
    </div>
  );
}
