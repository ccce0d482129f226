import { z } from 'zod';
import type { AggregateIntegrity } from '#lib/contracts/aggregates.ts';
import { compareAggregate } from '#server/runtime/integrity/compare-aggregate.ts';
import { findLastRight } from '#server/runtime/integrity/find-last-right.ts';
import type { IntegrityDeps } from '#server/runtime/integrity/integrity-deps.ts';

export const integrityQuerySchema = z.object({});

/**
 * Folds an aggregate from the event store and compares what every view holds of it, and how its events
 * came in: `compareAggregate`. Throws what the databases throw.
 */
export async function getAggregateIntegrity(
  deps: IntegrityDeps,
  aggregateId: string,
): Promise<AggregateIntegrity> {
  const { version, found, count, explained, unknownOrigins } = await compareAggregate(
    deps,
    aggregateId,
  );
  const differences = (await findLastRight(deps, found)).map(
    ({ aggregateId: _, ...difference }) => difference,
  );
  return { version, differences, count, explained, unknownOrigins };
}
