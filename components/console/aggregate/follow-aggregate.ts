import type { LiveListener } from '#components/ui/live-connection.ts';
import type { LiveMessage } from '#lib/contracts/live.ts';
import type { Source } from './aggregate-queries.ts';

export type Follower = {
  /** Takes a live message in. */
  receive: LiveListener;
};

/**
 * Finds out of all live messages what concerns one aggregate: `moved` is called for the event store
 * and the hot views as soon as an event of the aggregate is announced, and for each projection once it
 * has come to that event, for only then is there something new to read. `onSequence` learns the
 * aggregate's newest sequence. A burst of which events were left out counts as this aggregate's, and so
 * does a stream's beginning: what came after the page had read, and before it, is told to nobody.
 */
export function createFollower(
  aggregateId: string,
  projections: readonly string[],
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
        projections.filter((name) => name === message.name).forEach(settle);
      }
      if (message.type === 'events') {
        const last = message.items.findLast((item) => item.aggregateId === aggregateId);
        const mayLackSome = message.skipped > 0 || isBeginning(message);
        if (last === undefined && !mayLackSome) {
          return;
        }
        on.moved('event-store');
        on.moved('hot-views');
        if (last) {
          on.onSequence(last.eventSequence);
        }
        for (const projection of projections) {
          due.set(projection, mayLackSome ? message.head : (last?.position ?? message.head));
          settle(projection);
        }
      }
    },
  };
}

/** The server's first word, which says where the journal is and brings no event. */
function isBeginning({ items, skipped }: Extract<LiveMessage, { type: 'events' }>): boolean {
  return items.length === 0 && skipped === 0;
}
