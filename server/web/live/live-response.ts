import type { LiveMessage } from '#lib/contracts/live.ts';
import type { LiveHub } from './live-hub.ts';

/** A quiet stream still says this: proxies keep it open, and the browser knows that it is alive. */
const HEARTBEAT_MS = 10_000;

/** A connection ends after this long; the browser makes a new one and resumes. */
const LIFETIME_MS = 30 * 60_000;

/** The browser's wait before it connects again. */
const RETRY_MS = 1_000;

/** A client with so much unread is too slow: it is let go, and resumes when it comes back. */
const MAX_QUEUED_BYTES = 1_048_576;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Somebody's rights are asked for again this often: who has lost them is seen off within seconds. */
const RIGHTS_INTERVAL_MS = 2_000;

/** What who watches may see: aggregates that they may view, and whether they still may watch at all. */
export type Viewer = {
  readonly maySee: (aggregateId: string) => boolean;
  /** Throws when they may not. */
  readonly stillMay: () => Promise<void>;
};

/**
 * The stream of server-sent events for one browser, until it goes away. Messages about events carry
 * the SSE id to resume from, which the browser sends back as Last-Event-ID. Nothing is awaited
 * before the abort is listened to, so that no client stays behind in the hub.
 */
export function createLiveResponse(
  hub: LiveHub,
  request: Request,
  { maySee, stillMay }: Viewer,
): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder();
        const timers = [
          setInterval(() => write(toEventText({ type: 'heartbeat' }, undefined)), HEARTBEAT_MS),
          setTimeout(close, LIFETIME_MS),
          setInterval(() => void stillMay().catch(close), RIGHTS_INTERVAL_MS),
        ];
        let isOpen = true;
        let leave = () => {};

        function write(text: string) {
          if (!isOpen) {
            return;
          }
          if ((controller.desiredSize ?? 0) <= 0) {
            close();
            return;
          }
          controller.enqueue(encoder.encode(text));
        }

        function toSeen(message: LiveMessage): LiveMessage {
          return message.type === 'events'
            ? { ...message, items: message.items.filter(({ aggregateId }) => maySee(aggregateId)) }
            : message;
        }

        function close() {
          if (isOpen) {
            end();
            controller.close();
          }
        }

        end = () => {
          isOpen = false;
          timers.forEach(clearTimeout);
          leave();
        };
        request.signal.addEventListener('abort', close, { once: true });
        write(`retry: ${RETRY_MS}\n\n`);
        leave = hub.subscribe({
          resumeAfter: parseEventId(request.headers.get('Last-Event-ID')),
          send: (message, position) => write(toEventText(toSeen(message), position)),
          end: close,
        });
        if (request.signal.aborted) {
          close();
        }
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_QUEUED_BYTES }),
  );
  return new Response(body, { headers: HEADERS });
}

function toEventText(message: LiveMessage, position: number | undefined): string {
  const id = position === undefined ? '' : `id: ${position}\n`;
  return `${id}data: ${JSON.stringify(message)}\n\n`;
}

function parseEventId(id: string | null): number | undefined {
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}
