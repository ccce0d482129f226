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
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
    const answer = await fetch(`http://127.0.0.1:${inMemory.port}${incoming.url}`, {
      method: 'POST',
      headers: new Headers(
        Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
      ),
      body,
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (answer.ok) {
      const text = body.toString();
      await onDone({ action: toAction(`${headers['x-amz-target'] ?? ''}`, text), body: text });
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
    close: async () => {
      server.closeAllConnections();
      server.close();
      await inMemory.stop();
    },
  };
}

/** SQS names it in a header, SNS in the form. */
function toAction(target: string, body: string): string {
  return target.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '';
}
