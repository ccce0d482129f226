'use client';

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import Link from 'next/link';
import { useViewer } from '#components/ui/viewer.tsx';
import classes from './viewer-link.module.css';

/** Who is signed in, and the way to their sessions. */
export function ViewerLink() {
  const viewer = useViewer();
  if (viewer === undefined || viewer.kind === 'anybody') {
    return null;
  }
  const label = `Signed in as ${viewer.name}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        component={Link}
        href="/session"
        prefetch={false}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
      >
        <IconUser size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** While sign-in is off, every page says so. */
export function SignInOffNotice() {
  return useViewer()?.kind === 'anybody' ? (
    <p className={classes.notice} role="status">
      Sign-in is off: whoever reaches this address may do everything.
    </p>
  ) : null;
}
