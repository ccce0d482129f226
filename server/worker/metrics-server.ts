import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { findRefusal } from '#server/runtime/platform/find-refusal.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';

/** A worker that was just replaced may still hold the port. */
const RETRY_MS = 1_000;

export type MetricsServer = {
  /** The port once it listens. */
  readonly listening: Promise<number>;
  readonly stop: () => Promise<void>;
};

/**
 * Answers `GET /metrics` with the registry as Prometheus reads it, on the loopback only, and to no
 * page of another origin or name (`hosts` are served beside the loopback's names). A port that
 * is taken (0 means a free one) is tried again until it is free: the worker's work does not depend
 * on it. The log says so once.
 */
export function startMetricsServer(
  registry: Registry,
  {
    port,
    hosts,
    logger,
  }: { readonly port: number; readonly hosts: readonly string[]; readonly logger: Logger },
): MetricsServer {
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hasComplained = false;
  const server = createServer(async (request, response) => {
    const refusal = findRefusal(request, { port: addressOf(server.address()).port, hosts });
    if (refusal !== undefined) {
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' };
      response.writeHead(refusal.status, headers).end(`${refusal.message}\n`);
      return;
    }
    const isMetrics = request.url === '/metrics' && request.method === 'GET';
    const body = isMetrics ? await registry.metrics() : 'Ask for GET /metrics.\n';
    const contentType = isMetrics ? registry.contentType : 'text/plain; charset=utf-8';
    response.writeHead(isMetrics ? 200 : 404, { 'Content-Type': contentType }).end(body);
  });
  const listen = () => server.listen(port, '127.0.0.1');
  const listening = new Promise<number>((resolve) => {
    server.on('listening', () => {
      const { port: bound } = addressOf(server.address());
      logger.info({ port: bound }, 'metrics are served');
      resolve(bound);
    });
  });
  server.on('error', (error) => {
    if (!hasComplained) {
      hasComplained = true;
      logger.warn({ port, error: error.message }, 'metrics cannot be served yet');
    }
    retry = setTimeout(listen, RETRY_MS);
  });
  listen();
  return {
    listening,
    stop: async () => {
      clearTimeout(retry);
      server.closeAllConnections();
      if (server.listening) {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') {
    throw new Error('The metrics server listens on no port.');
  }
  return address;
}
