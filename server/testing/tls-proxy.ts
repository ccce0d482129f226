import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** Signed by itself, for localhost and 127.0.0.1, until 2126. */
export const CERTIFICATE_FILE = fileURLToPath(new URL('./tls/certificate.pem', import.meta.url));
const KEY_FILE = fileURLToPath(new URL('./tls/key.pem', import.meta.url));

/** A PostgreSQL that speaks TLS: it agrees to it, and hands on what it hears in the clear. */
export async function createTlsProxy(targetUrl: string) {
  const target = new URL(targetUrl);
  const identity = { cert: readFileSync(CERTIFICATE_FILE), key: readFileSync(KEY_FILE) };
  const server = createServer((near) => {
    near.on('error', () => {});
    near.once('data', () => {
      near.write('S');
      const clear = new TLSSocket(near, { isServer: true, ...identity });
      const far = connect(Number(target.port), target.hostname);
      for (const [socket, other] of [
        [clear, far],
        [far, clear],
      ] as const) {
        socket.on('error', () => {});
        socket.on('close', () => other.destroy());
      }
      clear.pipe(far).pipe(clear);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(targetUrl);
  url.host = `localhost:${address !== null && typeof address === 'object' ? address.port : ''}`;
  return { url: url.href, close: () => server.close() };
}
