import { setTimeout as delay } from 'node:timers/promises';
import { and, asc, eq, gt, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { EventItem } from '#lib/contracts/queries.ts';
import { isOfTypes } from '#server/runtime/journal/is-of-types.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { JOURNAL_CHANNEL } from '#server/runtime/platform/notifications.ts';
import { listParam, textParam } from '#server/runtime/queries/parse-query.ts';
import type { RequestContext } from '../context.ts';
import { toJournalItem } from '../event-item.ts';
import { getHead } from '../queries/journal-head.ts';

/** So many events are read at once: a client that reads slowly is read for slowly. */
const BATCH = 200;

/** Notifications only save time: this often the stream looks by itself, and asks for the token's right again. */
const LOOK_MS = 2_000;

/** After so much silence a comment says that the stream is alive. */
const HEARTBEAT_MS = 10_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Which events are sent: of these types, of aggregates of these types, of one aggregate. */
export const streamQuerySchema = z.object({
  type: listParam,
  of: listParam,
  aggregateId: textParam,
  /** The position in the journal behind which it begins; the header Last-Event-ID is the same, and goes before. */
  after: z.coerce.number().int().min(0).optional(),
});
type StreamQuery = z.output<typeof streamQuerySchema>;

/**
 * Every event of the journal that is meant, in its order and as server-sent events, from behind a position on and
 * then as they come: each once, since its id is its position, from which a client that comes back resumes. It ends
 * when `stillMay` throws, and when the client goes.
 */
export async function createEventStream(
  { db, store, notifications, signal }: RequestContext,
  request: Request,
  query: StreamQuery,
  stillMay: () => Promise<unknown>,
): Promise<Response> {
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  let wake = () => {};
  const leave = notifications.subscribe(({ channel }) => {
    if (channel === JOURNAL_CHANNEL) {
      wake();
    }
  });
  let position = toStart(request, query) ?? (await getHead(db));
  const encoder = new TextEncoder();

  /** The next events that are meant, or a comment where there were none for a while. */
  async function next(): Promise<string> {
    const silentSince = Date.now();
    while (Date.now() - silentSince < HEARTBEAT_MS) {
      ended.throwIfAborted();
      await stillMay();
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const head = await getHead(db);
      const rows = await db
        .select()
        .from(journal)
        .where(and(gt(journal.position, position), toFilter(query)))
        .orderBy(asc(journal.position))
        .limit(BATCH);
      // What is left out is not looked at again; a full batch may have more behind it.
      const last = rows.at(-1)?.position ?? position;
      position = rows.length === BATCH ? last : Math.max(last, head);
      if (rows.length > 0) {
        return rows.map((row) => toEventText(toJournalItem(store, row), row.position)).join('');
      }
      await Promise.race([news, delay(LOOK_MS, undefined, { signal: ended, ref: false })]);
    }
    return ':\n\n';
  }

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('retry: 1000\n\n')),
    pull: async (controller) => {
      try {
        controller.enqueue(encoder.encode(await next()));
      } catch {
        leave();
        controller.close();
      }
    },
    cancel: () => {
      leave();
      ending.abort();
    },
  });
  return new Response(body, { headers: HEADERS });
}

function toStart(request: Request, { after }: StreamQuery): number | undefined {
  const last = request.headers.get('last-event-id') ?? '';
  return /^\d{1,15}$/.test(last) ? Number(last) : after;
}

function toFilter({ type, of, aggregateId }: StreamQuery): SQL | undefined {
  return and(
    isOfTypes(of, type),
    aggregateId === undefined ? undefined : eq(journal.aggregateId, aggregateId),
  );
}

function toEventText(item: EventItem, position: number): string {
  return `id: ${position}\nevent: ${item.eventType}\ndata: ${JSON.stringify(item)}\n\n`;
}
