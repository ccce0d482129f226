import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type SQLWrapper, sql } from 'drizzle-orm';
import { z } from 'zod';
import { journalState } from '#server/runtime/journal/journal-state-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { rebuilds } from '#server/runtime/rebuild/rebuilds-table.ts';
import { projections } from '#server/runtime/views/projections-table.ts';

const BY_MS = 2 * 24 * 60 * 60 * 1_000;

/**
 * Leaves the databases as they are once the clock was set back two days after a kill -9: whatever
 * dead workers wrote down of claims, leases and reports is two days ahead.
 */
export async function setClockBack({ db, dynamo }: { db: Db; dynamo: Dynamo }): Promise<void> {
  const later = (column: SQLWrapper) => sql`${column} + interval '2 days'`;
  await db.update(projections).set({ claimedUntil: later(projections.claimedUntil) });
  await db.update(rebuilds).set({ claimedUntil: later(rebuilds.claimedUntil) });
  await db.update(journalState).set({ claimedUntil: later(journalState.claimedUntil) });
  const { workers, leases } = dynamo.tables;
  await moveAhead(dynamo, workers, 'seenAt');
  await moveAhead(dynamo, leases, 'updatedAt');
}

const itemsSchema = z.array(z.record(z.string(), z.unknown())).default([]);

async function moveAhead(dynamo: Dynamo, TableName: string, attribute: string): Promise<void> {
  const { Items } = await dynamo.documents.send(new ScanCommand({ TableName }));
  for (const item of itemsSchema.parse(Items)) {
    const time = Date.parse(String(item[attribute]));
    if (Number.isFinite(time)) {
      const Item = { ...item, [attribute]: new Date(time + BY_MS).toISOString() };
      await dynamo.documents.send(
        new PutCommand({
          TableName,
          Item,
          // A worker that is up again writes as well, and is right.
          ConditionExpression: '#time = :time',
          ExpressionAttributeNames: { '#time': attribute },
          ExpressionAttributeValues: { ':time': item[attribute] },
        }),
      );
    }
  }
}
