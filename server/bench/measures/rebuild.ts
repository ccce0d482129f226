import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { getRebuild } from '#server/runtime/rebuild/get-rebuilds.ts';
import { createRebuildRunner } from '#server/runtime/rebuild/rebuild-runner.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { projections } from '#server/runtime/views/projections-table.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { secondsOf } from '../compare.ts';
import type { Result } from '../result.ts';
import { toSpread } from '../statistics.ts';
import { fillJournal } from '../synthetic-journal.ts';
import { until } from '../until.ts';
import { withStores } from '../with-stores.ts';

/**
 * Events a second of a rebuild, from asking for it to its being ready to serve, indexes included, by
 * the worker's runner in this process.
 */
export async function measureRebuild(
  { env }: Pick<BenchInstance, 'env'>,
  { events = 1_000_000, accounts = 10_000 } = {},
): Promise<Result> {
  return withStores(env, async ({ postgres }) => {
    const { db } = postgres;
    await fillJournal(db, { events, accounts });
    // A rebuild goes as far as the generation that serves has come.
    const { name, version } = accountsView;
    await db.insert(projections).values({ name, version, position: events });
    const runner = createRebuildRunner({
      postgres,
      projections: [accountsView],
      logger: createLogger({ LOG_LEVEL: 'silent' }, 'bench'),
      workerId: 'bench',
    });
    const seconds = await secondsOf(async () => {
      const { id } = await requestRebuild(db, accountsView, { actor: 'bench' });
      runner.wake();
      await until('the rebuild', async () => (await getRebuild(db, id)).status !== 'running');
      const { status, error } = await getRebuild(db, id);
      if (status !== 'ready') {
        throw new Error(`The rebuild is ${status}: ${error?.message}`);
      }
    });
    await runner.stop();
    const rate = events / seconds;
    return {
      name: 'rebuild',
      title: `Rebuild of accounts from ${events.toLocaleString('en')} journal events`,
      figures: [{ label: '', unit: 'events/s', ...toSpread([rate]) }],
      against: [],
      ratio: null,
      limits: [{ label: '', value: rate, unit: 'events/s', bound: 'at least', limit: 20_000 }],
    };
  });
}
