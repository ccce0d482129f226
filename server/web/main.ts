import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import next from 'next';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { findRefusal } from '#server/runtime/platform/find-refusal.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { startTracing } from '#server/runtime/tracing/start-tracing.ts';
import { isServedApi, serveApi } from './api/serve-api.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { serveCompressed } from './serve-compressed.ts';

/*
 * The web server: Next behind a check of where a request comes from. The check is in front of Next
 * and not in its proxy.ts, which redirects, malformed addresses, static files and the sockets of hot
 * reload do not all pass.
 */

const HOSTNAME = '127.0.0.1';

/** Of the production build; the launcher compresses them. */
const ASSETS = join(process.cwd(), '.next', 'static');

const env = parseEnv(process.env);
const logger = createLogger(env, 'web');
const served = { port: env.PORT, hosts: env.PLAYHEAD_HOSTS };
const isDevelopment = env.NODE_ENV === 'development';

// Where the context finds it (context.ts), which Next bundles apart from this module.
globalThis.playheadTracing = await startTracing(env, 'playhead-web', logger);

// Next adds its own listener for upgrades to a server that it is given: to one that listens nowhere,
// so that an upgrade reaches it through the check only.
const upgrades = createServer();
const app = next({ dev: isDevelopment, hostname: HOSTNAME, port: env.PORT, httpServer: upgrades });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => {
  setSecurityHeaders(request, response, { isDevelopment });
  const refusal = findRefusal(request, served);
  if (refusal === undefined) {
    answer(request, response).catch((err) => {
      logger.error({ err }, 'A request failed unexpectedly');
      response.destroy();
    });
    return;
  }
  const { status, code, message } = refusal;
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  response
    .writeHead(status, { ...headers, Connection: 'close' })
    .end(JSON.stringify({ error: { code, message } }));
});
if (isDevelopment) {
  server.on('upgrade', (request, socket, head) => {
    if (findRefusal(request, served) === undefined) {
      upgrades.emit('upgrade', request, socket, head);
    } else {
      socket.destroy();
    }
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { playheadApi } = globalThis;
  // In development it is Next that notices changed sources.
  if (!isDevelopment && playheadApi !== undefined && isServedApi(request)) {
    await serveApi(playheadApi, request, response);
  } else if (isDevelopment || !(await serveCompressed(request, response, ASSETS))) {
    await handle(request, response);
  }
}

server.on('error', (err) => {
  logger.fatal({ err }, 'The web server cannot listen');
  process.exit(1);
});
server.listen(env.PORT, HOSTNAME);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () =>
    server.close(async () => {
      await globalThis.playheadTracing?.stop();
      process.exit(0);
    }),
  );
}
