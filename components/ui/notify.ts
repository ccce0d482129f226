import type { NotificationData } from '@mantine/notifications';

let isAsked = false;
const listeners = new Set<() => void>();

/** Shows a notification in the corner of the console. What does so is loaded with the first one. */
export function notify(notification: NotificationData): void {
  isAsked = true;
  for (const listener of listeners) {
    listener();
  }
  void import('@mantine/notifications').then(({ notifications }) => {
    notifications.show(notification);
  });
}

/** Hears of the first notification; answers with how to stop that. */
export function onFirstNotification(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether there was a notification since the page was opened. */
export function hasNotified(): boolean {
  return isAsked;
}
