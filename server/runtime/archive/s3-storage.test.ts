import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { createS3Storage } from './s3-storage.ts';

/** An S3 that answers each request with a status, and remembers what it was asked. */
const asked: IncomingMessage[] = [];
let status = 200;
const server = createServer((request, response) => {
  asked.push(request);
  request.resume();
  const code = status === 412 ? 'PreconditionFailed' : 'AccessDenied';
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(status === 200 ? '' : `<Error><Code>${code}</Code><Message>no</Message></Error>`);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

const BODY = Buffer.from('lines');
const storageWith = (lock: { ARCHIVE_LOCK_DAYS?: number }) =>
  createS3Storage('s3://bucket/some/prefix', {
    AWS_REGION: 'eu-central-1',
    ARCHIVE_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    ARCHIVE_LOCK_DAYS: undefined,
    ARCHIVE_LOCK_MODE: 'COMPLIANCE',
    ...lock,
  });

it('tells S3 to check the bytes, to overwrite nothing, and to lock the object', async () => {
  const before = Date.now();
  await storageWith({ ARCHIVE_LOCK_DAYS: 30 }).put('events/x.jsonl.gz', BODY);
  const { url, headers } = asked.at(-1) ?? {};
  expect(url).toMatch(/^\/bucket\/some\/prefix\/events\/x\.jsonl\.gz/);
  expect(headers).toMatchObject({
    'if-none-match': '*',
    'x-amz-checksum-sha256': createHash('sha256').update(BODY).digest('base64'),
    'x-amz-object-lock-mode': 'COMPLIANCE',
  });
  const until = Date.parse(`${headers?.['x-amz-object-lock-retain-until-date']}`);
  expect(until).toBeGreaterThan(before + 29 * 86_400_000);
});

it('locks nothing without the setting', async () => {
  await storageWith({}).put('events/x.jsonl.gz', BODY);
  expect(Object.keys(asked.at(-1)?.headers ?? {}).join()).not.toContain('object-lock');
});

it('is content where the object is there, and names the archive in every other failure', async () => {
  status = 412;
  await storageWith({}).put('events/x.jsonl.gz', BODY);
  status = 403;
  await expect(storageWith({}).put('events/x.jsonl.gz', BODY)).rejects.toMatchObject({
    code: 'ARCHIVE_UNAVAILABLE',
    message: expect.stringContaining('s3://bucket/some/prefix: AccessDenied'),
  });
});
