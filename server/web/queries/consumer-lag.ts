import type { ConsumerLag } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { getConsumerLag } from '#server/stream/consumer-lag.ts';

type LagDeps = { readonly dynamo: Dynamo; readonly now: () => Date };

/** How far the stream's consumers are behind: `getConsumerLag`, which needs no PostgreSQL. */
export async function getConsumerLagAnswer({ dynamo, now }: LagDeps): Promise<ConsumerLag> {
  return { consumers: await getConsumerLag(dynamo, now()) };
}
