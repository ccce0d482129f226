import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startFauxqs } from 'fauxqs';

/** A request that SNS or SQS has done, and whose answer its sender does not know yet. */
export type BusRequest = {
  /** `ReceiveMessage`, `PublishBatch`, … */
  readonly action: string;
  readonly body: string;
};

/**
 * SNS and SQS in memory, behind a proxy that shows a test each request between its effect and its answer: the worst
 * moment for its sender to be killed at.
 */
export async function startBusDouble() {
  const inMemory = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  let onDone: (request: BusRequest) => Promise<void> | void = () => {};
  let isLost: (request: BusRequest) => boolean = () => false;
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const request = toRequest(`${incoming.headers['x-amz-target'] ?? ''}`, body.toString());
    if (isLost(request)) {
      incoming.destroy();
      return;
    }
    const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const answer = await fetch(`http://127.0.0.1:${inMemory.port}${incoming.url}`, {
      method: 'POST',
      headers: new Headers(
        Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
      ),
      body,
      signal: gone.signal,
    }).catch(() => undefined);
    if (answer === undefined) {
      // Its sender waits no longer, or the test is over.
      outgoing.destroy();
      return;
    }
    const content = Buffer.from(await answer.arrayBuffer());
    if (answer.ok) {
      await onDone(request);
    }
    const contentType = answer.headers.get('content-type') ?? 'text/xml';
    outgoing.writeHead(answer.status, { 'content-type': contentType }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    inMemory,
    /** Hears of every request that succeeded, from now on; the answer waits for what it returns. */
    watch: (listener: typeof onDone) => {
      onDone = listener;
    },
    /** Requests for which this is true have no effect and no answer, from now on. */
    lose: (predicate: typeof isLost) => {
      isLost = predicate;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await inMemory.stop();
    },
  };
}

/** SQS names it in a header, SNS in the form. */
function toRequest(target: string, body: string): BusRequest {
  return { action: target.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '', body };
}
