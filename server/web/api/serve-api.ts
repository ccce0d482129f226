import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { takesEncoding } from '../takes-encoding.ts';

/** Answers a request of a program: `answerApi`, as Next has bundled it. */
export type AnswerApi = (request: Request) => Promise<Response>;

/** Addresses in their one form: Next redirects slashes too many, and knows what HEAD and OPTIONS mean. */
const SERVED = /^\/api\/v1(\/[^/?#]+)+(\?[^#]*)?$/;
const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'POST', 'PATCH', 'DELETE']);

const MIN_COMPRESSED_BYTES = 1_024;
const compress = promisify(gzip);

/** Whether a request is one that `serveApi` answers. */
export function isServedApi({
  method,
  url = '',
}: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  return METHODS.has(method) && SERVED.test(url);
}

/**
 * Answers a request of a program without Next's way to a route, which takes several times as long as a command
 * itself. The request's signal is aborted once nobody waits for the answer. Throws what `answerApi` throws.
 */
export async function serveApi(
  answerApi: AnswerApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const givenUp = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) {
      givenUp.abort();
    }
  });
  const answer = await answerApi(toRequest(request, givenUp.signal));
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  if (answer.body === null) {
    response.end();
  } else if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    response.flushHeaders();
    await sendStream(answer.body, response, givenUp.signal);
  } else {
    await endWhole(request, response, Buffer.from(await answer.arrayBuffer()));
  }
}

/** Sends what comes, as fast as it is taken, until the signal says that nobody waits for more. */
async function sendStream(
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  // A stream that has failed says so to the loop.
  const leave = () => reader.cancel().catch(() => {});
  signal.addEventListener('abort', leave);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(part.value)) {
      await once(response, 'drain', { signal }).catch(leave);
    }
  }
  response.end();
}

async function endWhole(
  { headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  response.setHeader('Vary', 'Accept-Encoding');
  const isCompressed =
    body.byteLength >= MIN_COMPRESSED_BYTES && takesEncoding(headers['accept-encoding'], 'gzip');
  if (isCompressed) {
    response.setHeader('Content-Encoding', 'gzip');
  }
  const sent = isCompressed ? await compress(body) : body;
  response.setHeader('Content-Length', sent.byteLength).end(sent);
}

function toRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = request;
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    fields.set(name, String(value));
  }
  const hasBody =
    headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: fields,
    signal,
    ...(hasBody && method !== 'GET' ? { body: toStream(request), duplex: 'half' } : {}),
  });
}

/** Read only as far as somebody asks; what is left is let go, since the client may be sending it still. */
function toStream(request: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = request.iterator({ destroyOnReturn: false });
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
    cancel: async () => {
      await chunks.return?.();
      request.resume();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
