import type { LiveMessage } from '#lib/contracts/live.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import {
  JOURNAL_CHANNEL,
  LISTENING_CHANNEL,
  type NotificationSource,
  PROJECTION_CHANNEL,
} from '#server/runtime/platform/notifications.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { toPostgresSentence } from '#server/runtime/platform/postgres-errors.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import { getHead } from '../queries/journal-head.ts';
import { getJournalSince } from './journal-since.ts';
import { createProjectionMoves, parseProjectionMove } from './projection-moves.ts';
import { createThrottle } from './throttle.ts';

/** Shortest times between two messages about events, and about one projection. */
const EVENTS_INTERVAL_MS = 100;
const MOVES_INTERVAL_MS = 50;

/** Notifications only save time: this often the hub looks for itself while somebody watches. */
const POLL_INTERVAL_MS = 2_000;

/** PostgreSQL counts as down when a look takes longer. */
const TIMEOUT_MS = 3_000;

/** A browser that watches. */
export type LiveClient = {
  /** The last journal position that it saw on an earlier connection. */
  readonly resumeAfter: number | undefined;
  /** Takes a message; with a position when that is where to resume after it. Must not throw. */
  readonly send: (message: LiveMessage, position?: number) => void;
  /** The hub ends. */
  readonly end: () => void;
};

export type LiveHub = {
  /** Adds a client, and returns the way to take it out again. */
  readonly subscribe: (client: LiveClient) => () => void;
  /** Ends every client's stream: a web server does not stop before its connections. */
  readonly close: () => void;
};

type HubDeps = {
  readonly db: Db;
  readonly codec: EventCodec;
  readonly notifications: NotificationSource;
  readonly logger: Logger;
};

/**
 * Tells every watching browser what moved: one hub for a process, with one read of the journal for
 * all clients.
 *
 * Each client has a place in the journal. `look`, which never runs twice at a time, reads what came
 * after each place that some client is at: one place, but for those who have just come. So every
 * client gets every event once and in order, whenever it joins. While PostgreSQL is down clients
 * stay and are told so; the first look that succeeds again tells them what they missed.
 */
export function createLiveHub({ db, codec, notifications, logger }: HubDeps): LiveHub {
  const places = new Map<LiveClient, number | undefined>();
  const moves = createProjectionMoves(MOVES_INTERVAL_MS, (move) => {
    // Those who have just come are about to be told where all projections are.
    for (const [client, place] of places) {
      if (place !== undefined) {
        client.send({ type: 'projection', ...move });
      }
    }
  });
  let postgresql: 'up' | 'down' | undefined;
  let isPollDue = false;

  function setStatus(status: 'up' | 'down', problem?: string) {
    if (postgresql !== status) {
      logChange(postgresql, status, problem);
      postgresql = status;
      for (const client of places.keys()) {
        client.send({ type: 'status', postgresql });
      }
    }
  }

  function logChange(before: typeof postgresql, status: 'up' | 'down', problem?: string) {
    if (status === 'down') {
      logger.warn({ problem }, 'Live updates cannot read the journal');
    } else if (before === 'down') {
      logger.info('Live updates read the journal again');
    }
  }

  /** What was told during the read is newer than the read. */
  async function readProjections() {
    const countBefore = moves.getCount();
    const found = await db
      .select({ name: projections.name, position: projections.position })
      .from(projections);
    if (moves.getCount() === countBefore) {
      found.forEach(moves.tell);
    }
  }

  /** Gives those who have just come their place, and tells them where everything is. */
  async function welcome(comers: readonly LiveClient[]) {
    const [head] = await Promise.all([getHead(db), readProjections()]);
    for (const client of comers.filter((one) => places.has(one))) {
      const { resumeAfter } = client;
      const place = resumeAfter !== undefined && resumeAfter < head ? resumeAfter : head;
      places.set(client, place);
      if (place === head) {
        client.send({ type: 'events', head, items: [], skipped: 0 }, head);
      }
      for (const move of moves.getAll()) {
        client.send({ type: 'projection', ...move });
      }
    }
  }

  async function catchUp(place: number) {
    const message = await getJournalSince(db, codec, place);
    if (message.head === place) {
      return;
    }
    for (const [client] of [...places].filter(([, at]) => at === place)) {
      places.set(client, message.head);
      client.send(message, message.head);
    }
  }

  async function readAll() {
    const comers = [...places].filter(([, place]) => place === undefined);
    if (comers.length > 0) {
      await welcome(comers.map(([client]) => client));
    }
    for (const place of new Set(places.values())) {
      if (place !== undefined) {
        await catchUp(place);
      }
    }
    if (isPollDue) {
      isPollDue = false;
      await readProjections();
    }
  }

  async function look() {
    if (places.size === 0) {
      return;
    }
    const noAnswer = `PostgreSQL has not answered for ${TIMEOUT_MS} ms.`;
    const watchdog = setTimeout(() => setStatus('down', noAnswer), TIMEOUT_MS);
    try {
      await readAll();
      setStatus('up');
    } catch (error) {
      setStatus('down', toPostgresSentence(error));
    } finally {
      clearTimeout(watchdog);
    }
  }

  const throttle = createThrottle(EVENTS_INTERVAL_MS, look);
  function poll() {
    isPollDue = true;
    throttle.trigger();
  }
  const timer = setInterval(poll, POLL_INTERVAL_MS);
  const unsubscribe = notifications.subscribe(({ channel, payload }) => {
    switch (channel) {
      case JOURNAL_CHANNEL:
        throttle.trigger();
        break;
      case PROJECTION_CHANNEL: {
        const move = parseProjectionMove(payload);
        if (move) {
          moves.tell(move);
        }
        break;
      }
      case LISTENING_CHANNEL:
        poll();
        break;
    }
  });

  return {
    subscribe: (client) => {
      places.set(client, undefined);
      if (postgresql !== undefined) {
        client.send({ type: 'status', postgresql });
      }
      throttle.trigger();
      return () => {
        places.delete(client);
        if (places.size === 0) {
          // Nobody looks any more, so it may go down unseen.
          postgresql = undefined;
        }
      };
    },
    close: () => {
      clearInterval(timer);
      unsubscribe();
      throttle.stop();
      moves.stop();
      for (const client of places.keys()) {
        client.end();
      }
    },
  };
}
