import { afterAll, afterEach, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { pauseProjection, resumeProjection } from '#server/runtime/views/pause-projection.ts';
import { createProjector, type Projector } from '#server/runtime/views/projector.ts';
import { CLAIM_CHANGES } from '#server/runtime/views/projector-observer.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { readFrom } from '#server/testing/read-metric.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createWorkerMetrics, type WorkerMetrics } from './worker-metrics.ts';

const postgres = await createTestPostgres();
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: Projector[] = [];
const TIMEOUT = { timeout: 20_000, interval: 10 };

afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});
afterAll(() => postgres.close());

function start(workerId: string) {
  const metrics = createWorkerMetrics(TEST_REGISTRY.views);
  const projector = createProjector({
    postgres,
    journal: createJournalReader(postgres.db, TEST_CODEC),
    projection: accountsView,
    workerId,
    logger,
    observer: metrics.observeProjector('accounts'),
  });
  running.push(projector);
  return { metrics, projector };
}

/** The claim's changes as counted, and whether it is owned now. */
async function claimOf(metrics: WorkerMetrics) {
  const counts: Record<string, number | undefined> = {};
  for (const change of CLAIM_CHANGES) {
    const labels = { projection: 'accounts', change };
    counts[change] = await readFrom(metrics, 'playhead_claim_changes_total', labels);
  }
  const owned = await readFrom(metrics, 'playhead_projection_claimed', { projection: 'accounts' });
  return { ...counts, owned };
}

const NONE = { taken: 0, lost: 0, released: 0, owned: 0 };

it('counts how a claim goes from one worker to the next, and says who has it', async () => {
  const first = start('worker-1');
  expect(await claimOf(first.metrics)).toEqual(NONE);
  await expect.poll(() => claimOf(first.metrics), TIMEOUT).toEqual({ ...NONE, taken: 1, owned: 1 });

  const second = start('worker-2');
  expect(await claimOf(second.metrics)).toEqual(NONE);
  await first.projector.stop();
  expect(await claimOf(first.metrics)).toEqual({ ...NONE, taken: 1, released: 1 });
  await expect
    .poll(() => claimOf(second.metrics), TIMEOUT)
    .toEqual({ ...NONE, taken: 1, owned: 1 });

  await pauseProjection(postgres.db, accountsView, { actor: 'olga', reason: 'Ticket 7' });
  await expect.poll(() => claimOf(second.metrics), TIMEOUT).toEqual({ ...NONE, taken: 1, lost: 1 });
  await resumeProjection(postgres.db, accountsView, { actor: 'olga' });
  await expect
    .poll(() => claimOf(second.metrics), TIMEOUT)
    .toEqual({ ...NONE, taken: 2, lost: 1, owned: 1 });
});
