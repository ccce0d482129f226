import { and, asc, eq, gte } from 'drizzle-orm';
import { z } from 'zod';
import { LAG_RANGES, type LagHistory, type LagRange } from '#lib/contracts/queries.ts';
import { toPlaces } from '#server/runtime/dead-letters/dead-letter-deps.ts';
import { HOT_CONSUMER } from '#server/runtime/hot-views/pause-hot-views.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import { lagSamples } from '#server/runtime/system/lag-samples-table.ts';
import { toLagSteps } from './lag-steps.ts';

export const lagHistoryQuerySchema = z.object({
  projection: z.string().max(200),
  range: z.enum(LAG_RANGES).default('hour'),
});

type HistoryDeps = {
  readonly db: Db;
  readonly registry: RegisteredViews;
  readonly now: () => Date;
};

const MINUTE_MS = 60_000;

/** How far back, and in what steps. */
const RANGES: Readonly<Record<LagRange, { readonly steps: number; readonly stepMs: number }>> = {
  hour: { steps: 60, stepMs: MINUTE_MS },
  day: { steps: 288, stepMs: 5 * MINUTE_MS },
};

/**
 * How far a projection, a consumer or a hot view was behind in the last hour or day. Throws
 * INVALID_INPUT and PostgreSQL's errors.
 */
export async function getLagHistory(
  { db, registry, now }: HistoryDeps,
  { projection, range }: z.output<typeof lagHistoryQuerySchema>,
): Promise<LagHistory> {
  const view = toMeasured(registry, projection);
  const { steps, stepMs } = RANGES[range];
  // The step of now is the last one, and not over.
  const to = (Math.floor(now().getTime() / stepMs) + 1) * stepMs;
  const from = to - steps * stepMs;
  const rows = await db
    .select()
    .from(lagSamples)
    .where(and(eq(lagSamples.view, view), gte(lagSamples.minute, new Date(from))))
    .orderBy(asc(lagSamples.minute));
  return { view, stepSeconds: stepMs / 1_000, points: toLagSteps(rows, { from, to, stepMs }) };
}

/** Hot views follow the stream together, so that the consumer is what was measured. Throws INVALID_INPUT. */
function toMeasured(registry: RegisteredViews, name: string): string {
  if (name === HOT_CONSUMER) {
    return HOT_CONSUMER;
  }
  const [place] = toPlaces(registry, name);
  return place?.kind === 'hot' ? HOT_CONSUMER : name;
}
