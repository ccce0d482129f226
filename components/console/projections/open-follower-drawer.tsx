'use client';

import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import type { FollowerDrawerProps } from './follower-drawer.tsx';
import { useOpenFollower } from './use-open-follower.ts';

const FollowerDrawer = loadWhenOpened<FollowerDrawerProps>({
  load: () => import('./follower-drawer.tsx').then((module) => module.FollowerDrawer),
  isOpened: ({ name }) => name !== null,
  closed: { name: null },
});

/** The drawer of the follower whose name is in the URL. */
export function OpenFollowerDrawer() {
  const [name, open] = useOpenFollower();
  return <FollowerDrawer name={name} onClose={() => open(null)} />;
}
