import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { takesEncoding } from './takes-encoding.ts';

/** Scripts and style sheets of the build. Their names change with their content, and none has a dot pair. */
const ASSET = /^\/_next\/static\/((?:[\w~-]+\/)*[\w~-]+(?:\.[\w~-]+)*\.(?:js|css))(?:\?.*)?$/;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};

/**
 * Answers a request for a script or style sheet of the build with the Brotli file beside it, for a client
 * that takes it. False, with nothing written, where there is none: Next answers those.
 */
export async function serveCompressed(
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  directory: string,
): Promise<boolean> {
  const name = ASSET.exec(url)?.[1];
  if (method !== 'GET' || name === undefined || !takesEncoding(headers['accept-encoding'], 'br')) {
    return false;
  }
  const path = join(directory, `${name}.br`);
  const size = await stat(path).then(
    (file) => file.size,
    () => undefined,
  );
  if (size === undefined) {
    return false;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)],
    'Content-Encoding': 'br',
    'Content-Length': size,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response);
  return true;
}
