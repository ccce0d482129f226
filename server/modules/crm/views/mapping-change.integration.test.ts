import { afterAll, beforeAll, expect, it } from 'vitest';
import { findEntityOf } from '#lib/modules/crm/entities.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { diffRebuild } from '#server/runtime/rebuild/diff-rebuild.ts';
import { getRebuild } from '#server/runtime/rebuild/get-rebuilds.ts';
import { createRebuildRunner } from '#server/runtime/rebuild/rebuild-runner.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { rollbackProjection } from '#server/runtime/rebuild/rollback-projection.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { planDemoCrm } from '../demo/plan-demo-crm.ts';
import { crmModule } from '../module.ts';
import { crmContracts } from './crm-entities-table.ts';
import { crmEntityViews, defineEntityView } from './crm-views.ts';

const contract = findEntityOf('contracts');
const serving = crmEntityViews.find(({ entityName }) => entityName === 'Contract')?.view;
if (contract === undefined || serving === undefined) {
  throw new Error('There are contracts.');
}
/** The next release's: a contract's end is whatever text it has. */
const changed = defineEntityView(contract, {
  ...MAPPINGS.Contract,
  version: 2,
  fields: MAPPINGS.Contract.fields.map((field) =>
    field.name === 'end_date' ? { ...field, type: 'text' as const } : field,
  ),
});

let crm: TestBank;
let runner: ReturnType<typeof createRebuildRunner>;

beforeAll(async () => {
  const registry = createRegistry([crmModule]);
  crm = await createTestBank(registry);
  for (const { type, input } of planDemoCrm('2026-06-01T00:00:00.000Z')) {
    const command = registry.commands.get(type);
    if (command !== undefined) {
      await crm.run(command, input);
    }
  }
  await crm.settle();
  const { postgres, logger } = crm;
  runner = createRebuildRunner({ postgres, projections: [changed], workerId: 'next', logger });
});
afterAll(async () => {
  await runner.stop();
  await crm.close();
});

const readEnds = async () => {
  const rows = await crm.postgres.db.select().from(crmContracts).orderBy(crmContracts.recordId);
  return rows.map(({ values, problems }) => [JSON.parse(values).end_date, problems]);
};

it('a changed mapping is compared row by row, swapped in, and rolled back by the release before', async () => {
  const { db } = crm.postgres;
  const before = [
    ['2027-12-31', 0],
    [undefined, 1],
  ];
  expect(await readEnds()).toEqual(before);

  const { id } = await requestRebuild(db, changed, { actor: 'ann' });
  runner.wake();
  await expect
    .poll(async () => (await getRebuild(db, id)).status, { timeout: 30_000, interval: 20 })
    .toBe('ready');
  const { tables } = await diffRebuild(db, changed);
  expect(tables).toMatchObject([{ differing: 1 }]);

  await swapRebuild(db, changed, { actor: 'ann' });
  expect(await readEnds()).toEqual([
    ['2027-12-31', 0],
    ['until further notice', 0],
  ]);

  await rollbackProjection(db, serving, { actor: 'ann' });
  expect(await readEnds()).toEqual(before);
});
