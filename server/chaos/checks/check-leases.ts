import { SHARD_END } from '#server/runtime/stream/checkpoint.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import { listClaims } from '#server/runtime/views/list-claims.ts';
import type { Check } from './check.ts';
import type { WorldDeps } from './world.ts';

/** Every shard and every projection belongs to one of the workers that live (their ids). */
export async function checkLeases(
  { dynamo, db, registered }: Pick<WorldDeps, 'dynamo' | 'db' | 'registered'>,
  liveWorkers: readonly string[],
): Promise<Check> {
  const [leases, claims] = await Promise.all([
    Promise.all(CONSUMERS.map((consumer) => listLeases(dynamo, consumer))),
    listClaims(db),
  ]);
  const held = leases
    .flat()
    .filter(({ checkpoint }) => checkpoint !== SHARD_END)
    .map(({ consumer, shardId, owner }) => ({ what: `${consumer}, ${shardId}`, owner }));
  const owned = [...held, ...claims.map(({ projection, owner }) => ({ what: projection, owner }))];
  const missing =
    claims.length === registered.views.length && leases.every((each) => each.length > 0)
      ? []
      : [`There are ${held.length} leases and ${claims.length} claims: some are missing.`];
  return {
    name: 'leases and claims are of the living',
    figure: `${held.length} leases, ${claims.length} claims, ${liveWorkers.length} workers`,
    problems: [
      ...missing,
      ...owned
        .filter(({ owner }) => owner === null || !liveWorkers.includes(owner))
        .map(({ what, owner }) => `${what} is held by ${owner ?? 'nobody'}.`),
    ],
  };
}
