import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  /** The target's URL, through the proxy. */
  readonly url: string;
  /** Breaks every connection, and every new one until `restore`. */
  readonly cut: () => void;
  readonly restore: () => void;
  /**
   * Lets every connection stand, and says no more on it, as a host does that has vanished; nor on a
   * new one until `restore`.
   */
  readonly freeze: () => void;
  /** How many connections were attempted in vain since the last `cut`. */
  readonly refused: () => number;
  readonly close: () => Promise<void>;
};

/**
 * Stands between a test and an engine that others use too, so that the engine can be "down"; on a free
 * port when none is named.
 */
export async function createTcpProxy(targetUrl: string, port = 0): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isFrozen = false;
  let refused = 0;
  const server = createServer((near) => {
    if (isCut) {
      refused += 1;
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    follow(near, far);
    follow(far, near);
    if (!isFrozen) {
      near.pipe(far).pipe(near);
    }
  });
  const follow = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const cut = () => {
    isCut = true;
    refused = 0;
    for (const socket of sockets) {
      socket.resetAndDestroy();
    }
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = address !== null && typeof address === 'object' ? String(address.port) : '';
  return {
    url: url.href,
    cut,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    restore: () => {
      isCut = false;
      isFrozen = false;
    },
    refused: () => refused,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
