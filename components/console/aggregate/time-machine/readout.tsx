'use client';

import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import classes from './readout.module.css';
import { readTime, type Standing } from './standing.ts';
import type { TimeMachineParts } from './time-machine-parts.ts';

export type ReadoutProps = { standing: Standing; parts: TimeMachineParts; following: boolean };

/** The position in words: event, time and what matters most. */
export function Readout({ standing, parts, following }: ReadoutProps) {
  const { position, version } = standing;
  const at = readTime(standing) ?? parts.toTime?.(standing);
  const headline = parts.headline?.(standing);
  return (
    <div className={classes.readout}>
      <div>
        <p className={classes.label}>Position</p>
        <p className={classes.position}>
          {position === 0
            ? `Before ${parts.beginning ?? 'the first event'}`
            : `Event ${formatCount(position)}`}
          <span className={classes.of}> of {formatCount(version)}</span>
        </p>
      </div>
      <div className={classes.when}>
        <p className={classes.label}>Time</p>
        <p>{at === undefined ? '–' : <Time iso={at} />}</p>
      </div>
      <div className={classes.headline}>
        <p className={classes.label}>
          {headline?.label}{' '}
          {following ? (
            <StatusBadge tone="good">newest</StatusBadge>
          ) : (
            <StatusBadge tone="accent">in the past</StatusBadge>
          )}
        </p>
        {headline === undefined ? null : <p className={classes.amount}>{headline.value}</p>}
      </div>
    </div>
  );
}
