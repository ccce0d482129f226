import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type AnswerApi, isServedApi, serveApi } from './serve-api.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** The port of a server that answers everything by `answerApi`. */
async function listen(answerApi: AnswerApi): Promise<number> {
  const made = createServer((request, response) => void serveApi(answerApi, request, response));
  server = made;
  await once(made.listen(0, '127.0.0.1'), 'listening');
  const address = made.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function toSignal() {
  let resolve: () => void = () => {};
  const given = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { given, give: () => resolve() };
}

describe('isServedApi', () => {
  it.each([
    ['GET', '/api/v1/accounts', true],
    ['GET', '/api/v1/accounts?limit=5&cursor=a/b', true],
    ['POST', '/api/v1/accounts/A%2F1/deposits', true],
    ['DELETE', '/api/v1/webhooks/7', true],
    ['HEAD', '/api/v1/accounts', false],
    ['OPTIONS', '/api/v1/accounts', false],
    ['PUT', '/api/v1/accounts', false],
    ['GET', '/api/v1/accounts/', false],
    ['GET', '/api/v1//accounts', false],
    ['GET', '//api/v1/accounts', false],
    ['GET', '/api/v1', false],
    ['GET', '/api/v12/accounts', false],
    ['GET', '/api/accounts', false],
    ['GET', '/accounts?next=/api/v1/accounts', false],
  ])('%s %s: %j', (method, url, expected) => {
    expect(isServedApi({ method, url })).toBe(expected);
  });
});

describe('serveApi', () => {
  it('hands on what was asked, and what is answered', async () => {
    const port = await listen(async (request) => {
      const { method, url, headers } = request;
      const asked = {
        method,
        url,
        key: headers.get('idempotency-key'),
        body: await request.text(),
      };
      return Response.json(asked, { status: 202, headers: { ETag: '"3"' } });
    });
    const url = `http://127.0.0.1:${port}/api/v1/accounts/1?a=%2F`;
    const init = { method: 'POST', body: 'Zażółć', headers: { 'Idempotency-Key': 'k' } };
    const response = await fetch(url, init);
    expect(response.status).toBe(202);
    expect(response.headers.get('ETag')).toBe('"3"');
    expect(await response.json()).toEqual({ method: 'POST', url, key: 'k', body: 'Zażółć' });
  });

  it.each([
    ['gzip', 'x'.repeat(2_000), true],
    ['gzip', 'short', false],
    ['gzip;q=0', 'x'.repeat(2_000), false],
    ['identity', 'x'.repeat(2_000), false],
  ])('of a client that takes %s compresses only what is long', async (accepted, body, expected) => {
    const port = await listen(async () => new Response(body));
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET /api/v1/x HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${accepted}\r\nConnection: close\r\n\r\n`,
    );
    const sent = await buffer(socket);
    const end = sent.indexOf('\r\n\r\n');
    const [head, rest] = [sent.subarray(0, end).toString(), sent.subarray(end + 4)];
    expect(/content-encoding: gzip/i.test(head)).toBe(expected);
    expect((expected ? gunzipSync(rest) : rest).toString()).toBe(body);
  });

  it('sends a stream of events as they come, and ends it when its reader goes', async () => {
    let next: ReadableStreamDefaultController<Uint8Array> | undefined;
    const cancelled = toSignal();
    const signals: AbortSignal[] = [];
    const port = await listen(async ({ signal }) => {
      signals.push(signal);
      const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        next = controller;
      };
      const body = new ReadableStream<Uint8Array>({ start, cancel: cancelled.give });
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
    });
    const leaving = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/events/stream`, leaving);
    const reader = response.body?.getReader();
    next?.enqueue(Buffer.from('id: 1\n\n'));
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('id: 1\n\n');
    expect(signals[0]?.aborted).toBe(false);
    leaving.abort();
    await cancelled.given;
    expect(signals[0]?.aborted).toBe(true);
  });

  it.each([
    ['nothing', 0],
    ['the first part', 1],
  ])('answers who has read %s of a long body, and then the next request', async (_, parts) => {
    const port = await listen(async ({ body }) => {
      for await (const chunk of parts === 0 ? [] : (body ?? [])) {
        return new Response(null, { status: chunk.byteLength > 0 ? 413 : 500 });
      }
      return new Response(null, { status: 401 });
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (body: Buffer) => {
      const asking = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/api/v1/x' });
      asking.end(body);
      const [response] = await once(asking, 'response');
      await buffer(response);
      return [response.statusCode, asking.reusedSocket];
    };
    const status = parts === 0 ? 401 : 413;
    expect(await ask(Buffer.alloc(3_000_000))).toEqual([status, false]);
    expect(await ask(Buffer.from('{}'))).toEqual([status, true]);
    agent.destroy();
  });

  it('tells by the signal that nobody waits for the answer any more', async () => {
    const arrived = toSignal();
    const left = toSignal();
    const port = await listen(async ({ signal }) => {
      signal.addEventListener('abort', left.give);
      arrived.give();
      await left.given;
      return new Response(null, { status: 499 });
    });
    const leaving = new AbortController();
    const asked = fetch(`http://127.0.0.1:${port}/api/v1/accounts`, leaving);
    await arrived.given;
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await left.given;
  });
});
