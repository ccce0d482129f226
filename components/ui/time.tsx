'use client';

import { Tooltip } from '@mantine/core';
import { formatDay, formatRelative, formatTime, type TimePrecision } from '#lib/time-format.ts';
import { usePreferences } from './preferences.tsx';
import classes from './time.module.css';

/** A time by the reader's choice of local or UTC; how long ago, and the other zone, on hover. */
export function Time({ iso, precision = 'second' }: { iso: string; precision?: TimePrecision }) {
  const { timeZone } = usePreferences();
  return (
    <Tooltip label={<Elsewhere iso={iso} />} openDelay={250}>
      <time dateTime={iso} className={classes.time}>
        {formatTime(iso, timeZone, precision)}
      </time>
    </Tooltip>
  );
}

/** The calendar day of an event, the same for every reader; the time itself on hover. */
export function Day({ iso }: { iso: string }) {
  return (
    <Tooltip label={<Elsewhere iso={iso} />} openDelay={250}>
      <time dateTime={iso} className={classes.time}>
        {formatDay(iso)}
      </time>
    </Tooltip>
  );
}

function Elsewhere({ iso }: { iso: string }) {
  return (
    <>
      {formatRelative(iso, Date.now())}
      <br />
      {formatTime(iso, 'local', 'millisecond')} local
      <br />
      {formatTime(iso, 'utc', 'millisecond')} UTC
    </>
  );
}
