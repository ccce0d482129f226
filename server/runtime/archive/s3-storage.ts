import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toEndpointOptions } from '#server/runtime/platform/dynamo.ts';
import type { Env } from '#server/runtime/platform/env.ts';
import type { ArchiveStorage } from './archive-storage.ts';

const DAY_MS = 86_400_000;

type S3Settings = Pick<
  Env,
  'AWS_REGION' | 'ARCHIVE_S3_ENDPOINT' | 'ARCHIVE_LOCK_DAYS' | 'ARCHIVE_LOCK_MODE'
>;

/**
 * An archive in an S3 bucket, `s3://bucket/prefix`. S3 checks each object against its SHA-256 as it comes
 * in, writes none over another, and with ARCHIVE_LOCK_DAYS keeps it from being deleted for so long.
 */
export function createS3Storage(url: string, settings: S3Settings): ArchiveStorage {
  const { hostname: Bucket, pathname } = new URL(url);
  const prefix = pathname.replace(/^\/|\/$/g, '');
  const toKey = (key: string) => (prefix === '' ? key : `${prefix}/${key}`);
  const client = new S3Client({
    region: settings.AWS_REGION,
    // Behind an endpoint of one's own, buckets have no host names.
    forcePathStyle: settings.ARCHIVE_S3_ENDPOINT !== undefined,
    ...toEndpointOptions(settings.ARCHIVE_S3_ENDPOINT),
  });
  const lock = () => {
    const days = settings.ARCHIVE_LOCK_DAYS;
    return days === undefined
      ? {}
      : {
          ObjectLockMode: settings.ARCHIVE_LOCK_MODE,
          ObjectLockRetainUntilDate: new Date(Date.now() + days * DAY_MS),
        };
  };
  return {
    location: url,
    put: async (key, body) => {
      const put = new PutObjectCommand({
        Bucket,
        Key: toKey(key),
        Body: body,
        ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
        IfNoneMatch: '*',
        ...lock(),
      });
      try {
        await client.send(put);
      } catch (error) {
        if (!(error instanceof S3ServiceException && error.name === 'PreconditionFailed')) {
          throw unavailable(url, error);
        }
      }
    },
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: toKey(key) }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return undefined;
        }
        throw unavailable(url, error);
      }
    },
    list: async (folder) => {
      const keys: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const request = { Bucket, Prefix: toKey(folder), ContinuationToken };
        const page = await client
          .send(new ListObjectsV2Command(request))
          .catch((error) => Promise.reject(unavailable(url, error)));
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return keys.map((key) => key.slice(toKey('').length)).sort();
    },
  };
}

function unavailable(url: string, cause: unknown): PlayheadError {
  const problem = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new PlayheadError('ARCHIVE_UNAVAILABLE', `The archive ${url}: ${problem}`, { cause });
}
