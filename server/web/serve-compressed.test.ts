import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressAssets } from '#server/local/compress-assets.ts';
import { serveCompressed } from './serve-compressed.ts';

const SCRIPT = 'console.log("the same");'.repeat(50);

let directory: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'playhead-assets-'));
  await mkdir(join(directory, 'chunks'));
  await writeFile(join(directory, 'chunks', 'a-1.js'), SCRIPT);
  await writeFile(join(directory, 'chunks', 'font.woff2'), SCRIPT);
  await compressAssets(directory);
  server = createServer(async (request, response) => {
    if (!(await serveCompressed(request, response, directory))) {
      response.end('from Next');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

const ask = (path: string, encoding: string, method = 'GET') =>
  fetch(origin + path, { method, headers: { 'Accept-Encoding': encoding } });

describe('a script of the build', () => {
  it('comes compressed to who takes Brotli, and is kept for good', async () => {
    const response = await ask('/_next/static/chunks/a-1.js?dpl=1', 'gzip, deflate, br');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('content-type')).toBe('application/javascript; charset=UTF-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(Number(response.headers.get('content-length'))).toBeLessThan(SCRIPT.length / 4);
    expect(await response.text()).toBe(SCRIPT);
  });

  it.each([
    ['a client that does not take it', '/_next/static/chunks/a-1.js', 'gzip'],
    ['a client that refuses it', '/_next/static/chunks/a-1.js', 'gzip, br;q=0'],
    ['a script that is not there', '/_next/static/chunks/b-2.js', 'br'],
    ['a file of another kind', '/_next/static/chunks/font.woff2', 'br'],
    ['a page', '/accounts', 'br'],
    ['a path that leads out', '/_next/static/..%2f..%2fa-1.js', 'br'],
  ])('is left to Next for %s', async (_, path, encoding) => {
    expect(await (await ask(path, encoding)).text()).toBe('from Next');
  });
});
