'use client';

import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Frame } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { type CurvePoint, pointAt } from './curve.ts';
import classes from './readout.module.css';

/** Where the time machine stands, and what is known of that place. */
export type Standing = {
  readonly position: number;
  readonly version: number;
  readonly currency: string;
  readonly points: readonly CurvePoint[];
  /** The newest frame that is there; of the position itself when `current`. */
  readonly frame: Frame | undefined;
  readonly current: boolean;
  /** Where the account cannot be known: there is no state, whatever the curve says. */
  readonly isBehindWall: boolean;
};

/** The position in words: event, time and balance. */
export function Readout(standing: Standing & { following: boolean }) {
  const { position, version, currency, following } = standing;
  const { at, balance } = readStanding(standing);
  return (
    <div className={classes.readout}>
      <div>
        <p className={classes.label}>Position</p>
        <p className={classes.position}>
          {position === 0 ? 'Before the opening' : `Event ${formatCount(position)}`}
          <span className={classes.of}> of {formatCount(version)}</span>
        </p>
      </div>
      <div className={classes.when}>
        <p className={classes.label}>Time</p>
        <p>{at === undefined ? '–' : <Time iso={at} />}</p>
      </div>
      <div className={classes.balance}>
        <p className={classes.label}>
          Balance{' '}
          {following ? (
            <StatusBadge tone="good">newest</StatusBadge>
          ) : (
            <StatusBadge tone="accent">in the past</StatusBadge>
          )}
        </p>
        <p className={classes.amount} data-testid="balance-at-position">
          {balance === undefined ? '–' : <Money amount={balance} currency={currency} />}
        </p>
      </div>
    </div>
  );
}

/** Time and balance at the position: from its frame, or from the curve until that has come. */
export function readStanding({ position, points, frame, current, isBehindWall }: Standing): {
  at: string | undefined;
  balance: string | undefined;
} {
  if (current && frame) {
    return { at: frame.event?.timestamp, balance: frame.state.balance };
  }
  if (isBehindWall) {
    return { at: undefined, balance: undefined };
  }
  const point = pointAt(points, position);
  return { at: point?.at, balance: point?.balance };
}
