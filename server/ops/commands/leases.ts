import { z } from 'zod';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { listClaims } from '#server/runtime/views/list-claims.ts';

/** `leases`: which worker does what. */
export const leasesCommand = defineOpsCommand({
  usage: 'leases',
  summary: 'which worker reads which shard and runs which projection',
  details: `With --json, one object: leases (per consumer and shard: consumer, shardId, owner or null, counter,
checkpoint, parents, updatedAt) and claims (per projection: projection, owner or null, version,
position).`,
  input: z.object({}),
  run: async ({ dynamo, db }, _input, io) => {
    const [leases, claims] = await Promise.all([
      Promise.all(CONSUMERS.map((consumer) => listLeases(dynamo, consumer))),
      listClaims(db),
    ]);
    if (io.json) {
      await io.print(toJson({ leases: leases.flat(), claims }));
      return 0;
    }
    const shards = leases
      .flat()
      .map(({ consumer, shardId, owner, counter, checkpoint }) => [
        consumer,
        shardId,
        owner ?? '(nobody)',
        `${counter}`,
        checkpoint,
      ]);
    const claimed = claims.map(({ projection, owner, position }) => [
      projection,
      owner ?? '(nobody)',
      `${position}`,
    ]);
    await io.print(toTable(['consumer', 'shard', 'owner', 'counter', 'checkpoint'], shards));
    await io.print(`\n${toTable(['projection', 'owner', 'checkpoint'], claimed)}`);
    return 0;
  },
});
