import {
  DeleteCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { listOf } from '#server/runtime/platform/list-of.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Lease, leaseSchema } from './lease.ts';

type Key = Pick<Lease, 'consumer' | 'shardId'>;

const leasesSchema = listOf(leaseSchema);

/** All leases of a consumer, consistently read; what is no lease among them is left out. */
export async function listLeases(dynamo: Dynamo, consumer: string): Promise<Lease[]> {
  const leases: Lease[] = [];
  let after: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await dynamo.documents.send(
      new QueryCommand({
        TableName: dynamo.tables.leases,
        KeyConditionExpression: 'consumer = :consumer',
        ExpressionAttributeValues: { ':consumer': consumer },
        ConsistentRead: true,
        ExclusiveStartKey: after,
      }),
    );
    leases.push(...leasesSchema.parse(page.Items));
    after = page.LastEvaluatedKey;
  } while (after !== undefined);
  return leases;
}

/** Writes a new lease, unless another worker was quicker. */
export async function createLease(dynamo: Dynamo, lease: Lease): Promise<boolean> {
  return isConditionMet(
    dynamo.documents.send(
      new PutCommand({
        TableName: dynamo.tables.leases,
        Item: lease,
        ConditionExpression: 'attribute_not_exists(shardId)',
      }),
    ),
  );
}

/** Makes `owner` the one who reads, unless the lease has moved since it was `seen`. */
export function takeLease(
  dynamo: Dynamo,
  seen: Lease,
  change: { readonly owner: string; readonly checkpoint: Checkpoint; readonly now: Date },
): Promise<boolean> {
  return update(dynamo, seen, change, {
    condition: '#counter = :seen',
    values: { ':seen': seen.counter },
  });
}

/**
 * Renews a lease and saves its checkpoint in one write, fenced: false, and nothing written, once
 * `owner` is no longer the owner.
 */
export function saveLease(
  dynamo: Dynamo,
  key: Key,
  change: { readonly owner: string; readonly checkpoint: Checkpoint; readonly now: Date },
): Promise<boolean> {
  return update(dynamo, key, change, {
    condition: '#owner = :me',
    values: { ':me': change.owner },
  });
}

/** Saves the last checkpoint and gives the lease back, fenced in the same way. */
export function releaseLease(
  dynamo: Dynamo,
  key: Key,
  change: { readonly owner: string; readonly checkpoint: Checkpoint; readonly now: Date },
): Promise<boolean> {
  return update(
    dynamo,
    key,
    { ...change, owner: null },
    {
      condition: '#owner = :me',
      values: { ':me': change.owner },
    },
  );
}

/** Removes the lease of a shard that is finished and that the stream has forgotten. */
export async function removeLease(dynamo: Dynamo, seen: Lease): Promise<boolean> {
  return isConditionMet(
    dynamo.documents.send(
      new DeleteCommand({
        TableName: dynamo.tables.leases,
        Key: { consumer: seen.consumer, shardId: seen.shardId },
        ConditionExpression: '#counter = :seen',
        ExpressionAttributeNames: { '#counter': 'counter' },
        ExpressionAttributeValues: { ':seen': seen.counter },
      }),
    ),
  );
}

function update(
  dynamo: Dynamo,
  { consumer, shardId }: Key,
  change: { readonly owner: string | null; readonly checkpoint: Checkpoint; readonly now: Date },
  { condition, values }: { condition: string; values: Record<string, unknown> },
): Promise<boolean> {
  return isConditionMet(
    dynamo.documents.send(
      new UpdateCommand({
        TableName: dynamo.tables.leases,
        Key: { consumer, shardId },
        UpdateExpression:
          'SET #owner = :owner, checkpoint = :checkpoint, updatedAt = :now, #counter = #counter + :one',
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#owner': 'owner', '#counter': 'counter' },
        ExpressionAttributeValues: {
          ':owner': change.owner,
          ':checkpoint': change.checkpoint,
          ':now': change.now.toISOString(),
          ':one': 1,
          ...values,
        },
      }),
    ),
  );
}
