import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ArchiveStorage } from './archive-storage.ts';
import { type ArchiveObject, damaged, sha256Of } from './manifest.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/**
 * Lines as an object: compressed, under a key that names its content, so that a run that was cut off and
 * begins again makes the same objects. `body` is what is to be stored.
 */
export async function toArchiveObject(
  { kind, day, first, last }: Pick<ArchiveObject, 'kind' | 'day' | 'first' | 'last'>,
  lines: readonly string[],
): Promise<{ readonly object: ArchiveObject; readonly body: Uint8Array }> {
  const body = await compress(lines.map((line) => `${line}\n`).join(''));
  const sha256 = sha256Of(body);
  const folder = day === undefined ? kind : `${kind}/day=${day}`;
  const key = `${folder}/${sha256}.jsonl.gz`;
  const facts = { kind, key, sha256, bytes: body.length, lines: lines.length, first, last };
  return { object: day === undefined ? facts : { ...facts, day }, body };
}

/**
 * An object's lines. Throws ARCHIVE_DAMAGED when it is missing, or is not what the manifest says, and
 * ARCHIVE_UNAVAILABLE.
 */
export async function readArchiveObject(
  storage: ArchiveStorage,
  { key, sha256, lines: count }: ArchiveObject,
): Promise<string[]> {
  const body = await storage.get(key);
  if (body === undefined) {
    throw damaged(storage, key, 'is missing');
  }
  const found = sha256Of(body);
  if (found !== sha256) {
    throw damaged(storage, key, `has the SHA-256 ${found}, not ${sha256}`);
  }
  const lines = (await decompress(body)).toString().split('\n').slice(0, -1);
  if (lines.length !== count) {
    throw damaged(storage, key, `has ${lines.length} lines, not ${count}`);
  }
  return lines;
}
