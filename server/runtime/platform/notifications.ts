import type { Postgres } from './postgres.ts';

/** The journal's head moved; the payload is its new position. Sent by ingest. */
export const JOURNAL_CHANNEL = 'playhead_journal';

/** A projection moved; the payload is `{"name","position"}`. Sent with each checkpoint. */
export const PROJECTION_CHANNEL = 'playhead_projection';

/**
 * What runs a projection should look at its settings at once: it was paused or resumed, or its claim
 * was given up. The payload is `{"name"}`. Without it the change is noticed within a second.
 */
export const CONTROL_CHANNEL = 'playhead_control';

/**
 * Not from PostgreSQL: the connection listens, at first or again after it was lost; the payload is
 * empty. What was sent before is lost, so a subscriber looks for itself.
 */
export const LISTENING_CHANNEL = 'listening';

export type Notification = { readonly channel: string; readonly payload: string };

/** Where a process hears what moved. `subscribe` returns the way to end the subscription. */
export type NotificationSource = {
  readonly subscribe: (listener: (notification: Notification) => void) => () => void;
};

/** All notifications share one channel of PostgreSQL, and with it one LISTEN per process. */
const POSTGRES_CHANNEL = 'playhead';

/** The arguments for `pg_notify` that send a notification when the transaction commits. */
export function toPgNotify({ channel, payload }: Notification): [channel: string, payload: string] {
  return [POSTGRES_CHANNEL, `${channel} ${payload}`];
}

/**
 * Hears of what moves until `postgres` is closed. Notifications only save time; whoever needs
 * certainty polls as well.
 */
export function createNotifications(postgres: Pick<Postgres, 'listen'>): NotificationSource {
  const listeners = new Set<(notification: Notification) => void>();
  const tell = (notification: Notification) => {
    for (const listener of [...listeners]) {
      listener(notification);
    }
  };
  postgres.listen(POSTGRES_CHANNEL, {
    onNotification: (text) => {
      const [channel = '', ...payload] = text.split(' ');
      tell({ channel, payload: payload.join(' ') });
    },
    onListening: () => tell({ channel: LISTENING_CHANNEL, payload: '' }),
  });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
