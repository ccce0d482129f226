'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { hasNotified, onFirstNotification } from './notify.ts';

const Notifications = dynamic(
  () => import('@mantine/notifications').then((module) => module.Notifications),
  { ssr: false },
);

/** Where notifications show, from the first one on. */
export function NotificationCorner() {
  const isNeeded = useSyncExternalStore(onFirstNotification, hasNotified, () => false);
  return isNeeded ? <Notifications position="bottom-right" /> : null;
}
