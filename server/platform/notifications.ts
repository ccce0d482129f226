import type postgres from 'postgres';

/** The journal's head moved; the payload is its new position. Sent by ingest. */
export const JOURNAL_CHANNEL = 'playhead_journal';

/** A projection moved; the payload is `{"name","position"}`. Sent with each checkpoint. */
export const PROJECTION_CHANNEL = 'playhead_projection';

/**
 * Not PostgreSQL's: the connection listens again after it was lost, with an empty payload. What was
 * sent meanwhile is lost, so a subscriber looks for itself.
 */
export const LISTENING_CHANNEL = 'listening';

export type Notification = { readonly channel: string; readonly payload: string };

/** Where a process hears what moved. `subscribe` returns the way to end the subscription. */
export type NotificationSource = {
  readonly subscribe: (listener: (notification: Notification) => void) => () => void;
};

/**
 * Listens on both channels over one connection of its own, and for as long as the pool `sql` is
 * open: a lost connection is made again, also when PostgreSQL is down at the start. Notifications
 * only save time; whoever needs certainty polls as well.
 */
export function createNotifications(sql: postgres.Sql): NotificationSource {
  const listeners = new Set<(notification: Notification) => void>();
  const tell = (channel: string) => (payload: string) => {
    for (const listener of [...listeners]) {
      listener({ channel, payload });
    }
  };
  // postgres.js connects again by itself, after a failed first attempt too.
  const listen = (channel: string, onListening?: () => void) =>
    sql.listen(channel, tell(channel), onListening).catch(() => {});
  listen(JOURNAL_CHANNEL);
  listen(PROJECTION_CHANNEL, () => tell(LISTENING_CHANNEL)(''));
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
