import type { LiveListener } from '#components/ui/live-connection.ts';
import type { Source } from './account-queries.ts';

export type Follower = {
  /** Takes a live message in. */
  receive: LiveListener;
};

const PROJECTIONS = [
  'accounts',
  'account-summaries',
  'transactions',
] as const satisfies readonly Source[];

/**
 * Finds out of all live messages what concerns one account: `moved` is called for the event store
 * and the hot views as soon as an event of the account is announced, and for each projection once it
 * has come to that event, for only then is there something new to read. `onSequence` learns the
 * account's newest sequence. A burst of which events were left out counts as this account's.
 */
export function createFollower(
  accountId: string,
  on: { moved: (source: Source) => void; onSequence: (sequence: number) => void },
): Follower {
  const positions = new Map<string, number>();
  const due = new Map<string, number>();

  function settle(projection: Source) {
    const position = due.get(projection);
    if (position !== undefined && (positions.get(projection) ?? 0) >= position) {
      due.delete(projection);
      on.moved(projection);
    }
  }

  return {
    receive: (message) => {
      if (message.type === 'projection') {
        positions.set(message.name, message.position);
        PROJECTIONS.filter((name) => name === message.name).forEach(settle);
      }
      if (message.type === 'events') {
        const last = message.items.findLast((item) => item.accountId === accountId);
        if (last === undefined && message.skipped === 0) {
          return;
        }
        on.moved('event-store');
        on.moved('hot-views');
        if (last) {
          on.onSequence(last.eventSequence);
        }
        for (const projection of PROJECTIONS) {
          due.set(
            projection,
            message.skipped > 0 ? message.head : (last?.position ?? message.head),
          );
          settle(projection);
        }
      }
    },
  };
}
