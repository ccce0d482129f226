import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionTarget } from './connection-target.ts';

/** PostgreSQL's request for TLS: a length and a number of its own. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const ACCEPTED = 'S';

/**
 * Connects to PostgreSQL, with TLS where `target` asks for it. Throws what the network says, and
 * when `signal` is aborted.
 *
 * TLS is agreed upon here and not by postgres.js, which takes all listeners off the socket for it.
 */
export async function openSocket(
  { host, port, tls }: ConnectionTarget,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = host.startsWith('/')
    ? connect({ path: `${host}/.s.PGSQL.${port}` })
    : connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
  try {
    await once(socket, 'connect', { signal });
    if (tls === undefined) {
      return socket;
    }
    socket.write(TLS_REQUEST);
    const [answer] = await once(socket, 'data', { signal });
    // More than the one letter would be words put into an encrypted conversation from outside.
    if (String(answer) !== ACCEPTED) {
      throw new Error('The server does not accept TLS.');
    }
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const secure = connectTls({ socket, ...servername, ...tls });
    await once(secure, 'secureConnect', { signal });
    return secure;
  } catch (error) {
    socket.on('error', () => {});
    socket.destroy();
    throw error;
  }
}
