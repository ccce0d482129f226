'use client';

import { Tooltip } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { usePreferences } from '#components/ui/preferences.tsx';
import type { PermissionGrant } from '#lib/modules/users/queries.ts';
import { formatTime } from '#lib/time-format.ts';
import { toEventHref } from '../to-event-href.ts';
import classes from './matrix-table.module.css';

export type GrantMarkProps = { userId: string; grant: PermissionGrant };

/** A permission that is held: who granted it and when; leads to the event. */
export function GrantMark({ userId, grant }: GrantMarkProps) {
  const { timeZone } = usePreferences();
  const { permission, grantedBy, grantedAt, sequence } = grant;
  const words = `${permission}: granted by ${grantedBy} on ${formatTime(grantedAt, timeZone)}`;
  return (
    <Tooltip label={words} events={{ hover: true, focus: true, touch: false }}>
      <Link
        href={toEventHref(userId, sequence)}
        prefetch={false}
        aria-label={words}
        className={classes.mark}
      >
        <IconCheck size={16} stroke={2.4} aria-hidden />
        <span className={classes.name} aria-hidden>
          {permission}
        </span>
      </Link>
    </Tooltip>
  );
}
