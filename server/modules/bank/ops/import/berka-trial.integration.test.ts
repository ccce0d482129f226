import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { accounts } from '../../views/accounts/accounts-table.ts';
import { importStatements } from './import-statements.ts';

/** Real bank statements, which are no part of this repository. */
const STATEMENTS = fileURLToPath(
  new URL('../../../../../../shared/data/berka/statements.csv', import.meta.url),
);
const ROWS = 1_500;
const isAbsent = !existsSync(STATEMENTS);
if (isAbsent) {
  console.info(`${STATEMENTS} is not there: the trial with real bank statements is left out.`);
}

let bank: TestBank;
let directory: string;
beforeAll(async () => {
  bank = await createTestBank();
  directory = await mkdtemp(join(tmpdir(), 'playhead-berka-'));
});
afterAll(async () => {
  await bank.close();
  await rm(directory, { recursive: true });
});

test.skipIf(isAbsent)('real bank statements are booked to the cent', async () => {
  const lines = (await readFile(STATEMENTS, 'utf8')).split('\n').slice(0, ROWS + 1);
  const path = join(directory, 'statements.csv');
  await writeFile(path, lines.join('\n'));
  const run = () =>
    importStatements(
      {
        ...bank,
        now: () => new Date(),
        signal: new AbortController().signal,
        onProgress: () => {},
      },
      {
        path,
        currency: 'CZK',
        overdraftLimit: '10000.00',
        encoding: 'utf-8',
        onError: 'continue',
        dryRun: false,
      },
    );

  const expected = foldRows(lines.slice(1));
  const opened = expected.size;
  expect(await run()).toMatchObject({ rows: ROWS, accepted: ROWS, opened, rejections: [] });
  expect(await run()).toMatchObject({ rows: ROWS, accepted: 0, duplicates: ROWS, opened: 0 });

  await bank.settle();
  const { accountId, balance } = accounts;
  const rows = await bank.postgres.db.select({ accountId, balance }).from(accounts);
  expect(new Map(rows.map((row) => [row.accountId, row.balance]))).toEqual(expected);

  const update = createHotViews({ ...bank, ...TEST_REGISTRY });
  for await (const events of bank.store.scan()) {
    await update(events);
  }
  expect(await reconcile({ ...bank, db: bank.postgres.db })).toMatchObject({
    checked: opened,
    items: [],
  });
});

/** Each account's balance in haléř, folded from the rows with nothing but digits. */
function foldRows(rows: readonly string[]): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const row of rows) {
    const [account = '', , , direction, , amount = ''] = row.split(',');
    const change = BigInt(amount.replace('.', '')) * (direction === 'deposit' ? 1n : -1n);
    expect(amount).toMatch(/^\d+\.\d\d$/);
    balances.set(account, (balances.get(account) ?? 0n) + change);
  }
  return balances;
}
