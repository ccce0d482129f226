import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type HotView, hotTableOf } from './hot-view.ts';

type Versioned = Pick<HotView, 'name' | 'version' | 'key'>;

/** A hot view of which items may be of another version than this program's. */
export type OutdatedHotView = {
  readonly view: string;
  readonly heldVersion: number;
  readonly codeVersion: number;
};

/** What items were before they carried a version. */
const FIRST_VERSION = 1;

/** Beside the leases: no consumer has this name. */
const keyOf = (view: string) => ({ consumer: 'hot-view-version', shardId: view });

const itemSchema = z.object({ version: z.int().positive() });

/**
 * Notes the present version of each hot view that is empty and has none yet: whatever is written from
 * then on is of that version or says another one. Throws what `retryDynamo` throws.
 */
export async function beginHotViews(dynamo: Dynamo, views: readonly Versioned[]): Promise<void> {
  for (const view of views) {
    if ((await readNoted(dynamo, view)) === undefined && (await isEmpty(dynamo, view))) {
      await put(dynamo, view, 'attribute_not_exists(consumer)');
    }
  }
}

/** Notes that every item of a hot view is of the present version now: after a rebuild. */
export async function noteHotViewVersion(dynamo: Dynamo, view: Versioned): Promise<void> {
  await put(dynamo, view);
}

/**
 * The hot views that may have items of another version: until a rebuild, for nobody counts how many
 * have been folded anew meanwhile. It reads no items. Throws what `retryDynamo` throws.
 */
export async function listOutdatedHotViews(
  dynamo: Dynamo,
  views: readonly Versioned[],
): Promise<OutdatedHotView[]> {
  const found = await Promise.all(
    views.map(async (view) => {
      const noted = await readNoted(dynamo, view);
      const heldVersion = noted ?? ((await isEmpty(dynamo, view)) ? view.version : FIRST_VERSION);
      return { view: view.name, heldVersion, codeVersion: view.version };
    }),
  );
  return found.filter(({ heldVersion, codeVersion }) => heldVersion !== codeVersion);
}

async function readNoted({ documents, tables }: Dynamo, { name }: Versioned) {
  const { Item } = await retryDynamo(() =>
    documents.send(
      new GetCommand({ TableName: tables.leases, Key: keyOf(name), ConsistentRead: true }),
    ),
  );
  return Item === undefined ? undefined : itemSchema.parse(Item).version;
}

async function isEmpty({ documents, tables }: Dynamo, view: Versioned): Promise<boolean> {
  const { Items = [] } = await retryDynamo(() =>
    documents.send(
      new ScanCommand({
        TableName: hotTableOf(tables, view),
        ProjectionExpression: '#key',
        ExpressionAttributeNames: { '#key': view.key },
        ConsistentRead: true,
        Limit: 1,
      }),
    ),
  );
  return Items.length === 0;
}

async function put(
  { documents, tables }: Dynamo,
  { name, version }: Versioned,
  ConditionExpression?: string,
): Promise<void> {
  await retryDynamo(() =>
    isConditionMet(
      documents.send(
        new PutCommand({
          TableName: tables.leases,
          Item: { ...keyOf(name), version },
          ...(ConditionExpression && { ConditionExpression }),
        }),
      ),
    ),
  );
}
