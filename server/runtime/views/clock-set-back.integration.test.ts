import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { beginJournalRebuild, loadJournalState } from '#server/runtime/journal/journal-state.ts';
import { getLiveWorkers, putHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { claimRebuilds } from '#server/runtime/rebuild/rebuild-claims.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { claimProjection } from './claim.ts';
import { getProjectionStatuses } from './get-projection-statuses.ts';
import { listClaims } from './list-claims.ts';

const postgres = await createTestPostgres();
const dynamo = await createTestDynamo();
const { db, sql } = postgres;
const [projection] = TEST_REGISTRY.views;
const now = new Date();

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

const report = {
  pid: 1,
  startedAt: now.toISOString(),
  seenAt: now.toISOString(),
  consumers: [],
  projectors: [],
};

it('takes over what was claimed before the clock was set back two days', async () => {
  if (projection === undefined) {
    throw new Error('There is no projection.');
  }
  const { name } = projection;
  expect(await claimProjection(db, projection, 'killed')).toMatchObject({ kind: 'held' });
  expect(await claimProjection(db, projection, 'heir')).toMatchObject({ kind: 'elsewhere' });
  await requestRebuild(db, projection, { actor: 'olga' });
  expect(
    await claimRebuilds(db, 'killed', { held: [], projections: [name], filledBy: 'journal' }),
  ).toHaveLength(1);
  expect(
    await claimRebuilds(db, 'heir', { held: [], projections: [name], filledBy: 'journal' }),
  ).toEqual([]);
  await loadJournalState(db);
  expect(await beginJournalRebuild(db, 'killed', 1)).toBe(true);
  expect(await beginJournalRebuild(db, 'heir', 1)).toBe(false);

  // What the killed worker wrote is two days ahead once the clock is set back.
  await sql`UPDATE projections SET claimed_until = claimed_until + interval '2 days'`;
  await sql`UPDATE rebuilds SET claimed_until = claimed_until + interval '2 days'`;
  await sql`UPDATE journal_state SET claimed_until = claimed_until + interval '2 days'`;
  expect(await listClaims(db)).toMatchObject([{ projection: name, owner: null }]);
  const statuses = await getProjectionStatuses(db, [projection], { workers: [], now });
  expect(statuses).toMatchObject([{ claimedBy: null }]);
  expect(await claimProjection(db, projection, 'heir')).toMatchObject({ kind: 'held' });
  expect(await listClaims(db)).toMatchObject([{ projection: name, owner: 'heir' }]);
  expect(
    await claimRebuilds(db, 'heir', { held: [], projections: [name], filledBy: 'journal' }),
  ).toHaveLength(1);
  expect(await beginJournalRebuild(db, 'heir', 1)).toBe(true);
  expect(
    await sql`SELECT claimed_until < clock_timestamp() + interval '1 minute' AS is_near
    FROM projections`,
  ).toEqual([{ is_near: true }]);
});

it('takes no report from the future for a living worker’s', async () => {
  const ahead = new Date(now.getTime() + 2 * 86_400_000).toISOString();
  await putHeartbeat(dynamo, { ...report, workerId: 'killed', seenAt: ahead });
  await putHeartbeat(dynamo, { ...report, workerId: 'heir' });
  const live = await getLiveWorkers(dynamo, now);
  expect(live.map(({ workerId }) => workerId)).toEqual(['heir']);
});

it('reads what a newer version’s reports and leases have in common with its own', async () => {
  const { documents, tables } = dynamo;
  const own = { shardId: 'a', lastEventAt: null, caughtUp: true, error: null, errorSince: null };
  const newer = {
    ...report,
    workerId: 'newer',
    consumers: [
      { ...own, name: 'webhooks' },
      { ...own, name: 'journal', mood: 'good' },
      { name: 'hot-views' },
    ],
    projectors: 'elsewhere',
    journal: { phase: 7 },
  };
  await documents.send(new PutCommand({ TableName: tables.workers, Item: newer }));
  await documents.send(new PutCommand({ TableName: tables.workers, Item: { workerId: 'x' } }));
  const live = await getLiveWorkers(dynamo, now);
  expect(live.find(({ workerId }) => workerId === 'newer')).toMatchObject({
    consumers: [{ name: 'journal', caughtUp: true }],
    projectors: [],
    journal: { rebuilding: null, error: null },
    rebuilds: [],
  });
  const lease = { consumer: 'journal', owner: null, counter: 1, checkpoint: '1', parents: [] };
  const leases = [
    { ...lease, shardId: 'good', updatedAt: now.toISOString(), region: 'north' },
    { consumer: 'journal', shardId: 'other', counter: 'many' },
  ];
  for (const Item of leases) {
    await documents.send(new PutCommand({ TableName: tables.leases, Item }));
  }
  const read = await listLeases(dynamo, 'journal');
  expect(read.map(({ shardId }) => shardId)).toEqual(['good']);
});
