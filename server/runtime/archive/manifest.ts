import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { ArchiveStorage } from './archive-storage.ts';

const FOLDER = 'manifests/';

const objectSchema = z.object({
  kind: z.enum(['events', 'commands', 'index']),
  key: z.string().regex(/^(events|commands|index)\/[A-Za-z0-9=-]+(\/[A-Za-z0-9=-]+)?\.jsonl\.gz$/),
  /** The day of its events, in UTC. */
  day: z.iso.date().optional(),
  /** Of the bytes as they are stored, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** As they are stored, that is compressed. */
  bytes: z.number().int().positive(),
  lines: z.number().int().positive(),
  /** The keys of its first and last line: <aggregate>/<sequence>, a command's id, an aggregate's id. */
  first: z.string(),
  last: z.string(),
});

/** One object of the archive, as its run's manifest has it. */
export type ArchiveObject = z.infer<typeof objectSchema>;

const manifestSchema = z.object({
  format: z.literal(1),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** Events before this day were taken, and whole closed aggregates. */
  before: z.iso.date(),
  aggregates: z.number().int(),
  closed: z.number().int(),
  events: z.number().int(),
  commands: z.number().int(),
  /** Of all lines before they were compressed. */
  uncompressedBytes: z.number().int(),
  objects: z.array(objectSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** A run's manifest, with the key that it lies under. */
export type KeptManifest = Manifest & { readonly key: string };

/**
 * Writes a run's manifest: only with it are the run's objects part of the archive. Its key ends with
 * the SHA-256 of its own text. Answers the key.
 */
export async function putManifest(storage: ArchiveStorage, manifest: Manifest): Promise<string> {
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const key = `${FOLDER}${manifest.startedAt.replaceAll(/[-:.]/g, '')}-${sha256Of(text)}.json`;
  await storage.put(key, text);
  return key;
}

/** The manifests of all runs, the oldest run first. Throws what `getManifest` throws. */
export async function listManifests(storage: ArchiveStorage): Promise<KeptManifest[]> {
  const keys = await storage.list(FOLDER);
  return Promise.all(keys.map((key) => getManifest(storage, key)));
}

/** One run's manifest. Throws ARCHIVE_DAMAGED when it is missing or not as it was written. */
export async function getManifest(storage: ArchiveStorage, key: string): Promise<KeptManifest> {
  const text = await storage.get(key);
  if (text === undefined || !key.endsWith(`-${sha256Of(text)}.json`)) {
    throw damaged(storage, key, text === undefined ? 'is missing' : 'is not as it was written');
  }
  const parsed = manifestSchema.safeParse(JSON.parse(Buffer.from(text).toString()));
  if (!parsed.success) {
    throw damaged(storage, key, `is of a form that this program does not know`, parsed.error);
  }
  return { ...parsed.data, key };
}

/** ARCHIVE_DAMAGED, about one object. */
export function damaged(
  { location }: ArchiveStorage,
  key: string,
  problem: string,
  cause?: unknown,
): PlayheadError {
  const sentence = `In the archive ${location} the object ${key} ${problem}.`;
  return new PlayheadError('ARCHIVE_DAMAGED', sentence, { cause });
}

/** In hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
