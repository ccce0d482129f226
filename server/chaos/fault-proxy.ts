import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { alterRecords } from './alter-records.ts';
import { between, pick, type Random } from './draw.ts';
import type { WireFault } from './plan-faults.ts';

export type FaultProxy = {
  /** DynamoDB's endpoint through the proxy. */
  readonly endpoint: string;
  /** Lets a fault befall requests until it is called with false. */
  readonly setFault: (fault: WireFault, isOn: boolean) => void;
  /** How many requests each fault has befallen. */
  readonly counts: Readonly<Record<WireFault, number>>;
  /** Resolves when every request that is on its way now is over. */
  readonly drained: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** How likely a fault befalls a request while it is on. */
const SHARE: Readonly<Record<WireFault, number>> = {
  'repeat-records': 0.5,
  'reorder-records': 0.8,
  throttle: 0.4,
  'expire-iterators': 0.3,
  'lose-answers': 0.15,
  delay: 0.5,
};

const THROTTLING = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
] as const;

/**
 * Stands on the loopback between processes and a DynamoDB at `target`, and lets the faults befall
 * them that AWS documents: throttling, answers that are lost after the request was carried out,
 * delays, iterators that expire, records that come twice and in another order.
 */
export async function createFaultProxy(target: string, random: Random): Promise<FaultProxy> {
  const on = new Set<WireFault>();
  const counts: Record<WireFault, number> = {
    'repeat-records': 0,
    'reorder-records': 0,
    throttle: 0,
    'expire-iterators': 0,
    'lose-answers': 0,
    delay: 0,
  };
  const underWay = new Set<Promise<void>>();
  const agent = new Agent({ keepAlive: true });

  function befalls(fault: WireFault): boolean {
    const isHit = on.has(fault) && random() < SHARE[fault];
    counts[fault] += isHit ? 1 : 0;
    return isHit;
  }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const operation = `${incoming.headers['x-amz-target']}`.split('.').at(-1);
    const isReading = operation === 'GetRecords';
    if (befalls('delay')) {
      await sleep(between(random, 20, 800));
    }
    if (befalls('throttle')) {
      refuse(outgoing, pick(random, THROTTLING));
      return;
    }
    if (isReading && befalls('expire-iterators')) {
      refuse(outgoing, 'ExpiredIteratorException');
      return;
    }
    const answer = await forward(agent, target, incoming, body);
    if (befalls('lose-answers')) {
      outgoing.destroy();
      return;
    }
    const isPage = isReading && answer.status === 200;
    const altered = isPage
      ? alterRecords(random, {
          request: body,
          answer: answer.body,
          isRepeated: befalls('repeat-records'),
          isReordered: befalls('reorder-records'),
        })
      : answer.body;
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(altered);
  }

  const server = createServer((incoming, outgoing) => {
    // A server that is down, or goes down in the middle, is a connection that breaks.
    const handled = handle(incoming, outgoing)
      .catch(() => {
        outgoing.destroy();
      })
      .finally(() => underWay.delete(handled));
    underWay.add(handled);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    setFault: (fault, isOn) => {
      if (isOn) {
        on.add(fault);
      } else {
        on.delete(fault);
      }
    },
    counts,
    drained: async () => {
      await Promise.all(underWay);
    },
    close: async () => {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** An error as DynamoDB words it. */
function refuse(outgoing: ServerResponse, name: string): void {
  outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  outgoing.end(JSON.stringify({ __type, message: 'Brought about by the fault proxy.' }));
}

async function forward(
  agent: Agent,
  target: string,
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; body: Buffer }> {
  const sent = request(new URL(url, target), {
    agent,
    method,
    headers: { ...headers, 'content-length': body.length },
  });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) {
    throw new Error('There is no answer.');
  }
  return { status: response.statusCode ?? 500, body: await buffer(response) };
}
