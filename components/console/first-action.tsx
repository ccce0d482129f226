'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { useConsole } from './use-console.tsx';

/** Where there is nothing yet: what a module suggests to begin with. */
export function FirstAction() {
  const [action] = useConsole().modules.flatMap(({ actions }) => actions);
  return action === undefined ? null : (
    <Anchor component={Link} href={action.href}>
      {action.label}
    </Anchor>
  );
}
