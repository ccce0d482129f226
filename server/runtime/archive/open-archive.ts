import { PlayheadError } from '#lib/playhead-error.ts';
import type { ReadArchive } from '#server/runtime/event-store/archived-events.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { ArchiveStorage } from './archive-storage.ts';
import { createArchiveReader } from './create-archive-reader.ts';
import { createDirectoryStorage } from './directory-storage.ts';
import { createS3Storage } from './s3-storage.ts';

/** The archive that the settings name; undefined without ARCHIVE_URL. Nothing is asked of it yet. */
export function openArchiveStorage(env: Env): ArchiveStorage | undefined {
  const url = env.ARCHIVE_URL;
  if (url === undefined) {
    return undefined;
  }
  return url.startsWith('file:') ? createDirectoryStorage(url) : createS3Storage(url, env);
}

/** Reads the archive that the settings name; undefined without one. */
export function openArchiveReader(env: Env): ReadArchive | undefined {
  const storage = openArchiveStorage(env);
  return storage && createArchiveReader(storage);
}

/** The archive, for who cannot do without. Throws NOT_CONFIGURED. */
export function requireArchive(storage: ArchiveStorage | undefined): ArchiveStorage {
  if (storage === undefined) {
    const sentence =
      'No archive is set. Name one in ARCHIVE_URL: s3://bucket/prefix, or file:///directory.';
    throw new PlayheadError('NOT_CONFIGURED', sentence);
  }
  return storage;
}
