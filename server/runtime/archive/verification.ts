import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { KeptManifest } from './manifest.ts';

/** Beside the leases: no consumer has this name. */
const KEY = { consumer: 'archive', shardId: 'verification' };

/** For so long a verification is worth something. */
const FRESH_MS = 60 * 60_000;

const itemSchema = z.object({
  verifiedAt: z.iso.datetime(),
  location: z.string(),
  manifests: z.array(z.string()),
});

/** Keeps that an archive with these runs was found to be what the store is. */
export async function noteVerification(
  { documents, tables }: Dynamo,
  verification: z.infer<typeof itemSchema>,
): Promise<void> {
  const request = { TableName: tables.leases, Item: { ...KEY, ...verification } };
  await retryDynamo(() => documents.send(new PutCommand(request)));
}

/** Takes an earlier verification back: it was found since that something differs. */
export async function forgetVerification({ documents, tables }: Dynamo): Promise<void> {
  const request = { TableName: tables.leases, Key: KEY };
  await retryDynamo(() => documents.send(new DeleteCommand(request)));
}

/**
 * Throws ARCHIVE_REFUSED unless this archive, with exactly these runs, was verified within the hour.
 */
export async function requireVerification(
  { documents, tables }: Dynamo,
  location: string,
  manifests: readonly KeptManifest[],
  now: Date,
): Promise<void> {
  const { Item } = await retryDynamo(() =>
    documents.send(new GetCommand({ TableName: tables.leases, Key: KEY, ConsistentRead: true })),
  );
  const known = itemSchema.safeParse(Item);
  const isOfThis =
    known.success &&
    known.data.location === location &&
    known.data.manifests.join() === manifests.map(({ key }) => key).join() &&
    now.getTime() - Date.parse(known.data.verifiedAt) < FRESH_MS;
  if (!isOfThis) {
    const sentence =
      'The archive was not verified as it is now, within the last hour, without a difference. Run: archive verify.';
    throw new PlayheadError('ARCHIVE_REFUSED', sentence);
  }
}
