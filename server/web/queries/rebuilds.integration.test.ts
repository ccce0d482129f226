import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rebuildsSchema } from '#lib/contracts/rebuilds.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { requestJournalRebuild } from '#server/runtime/journal/journal-state.ts';
import { cancelRebuild } from '#server/runtime/rebuild/end-rebuild.ts';
import { fillCandidate } from '#server/runtime/rebuild/fill-candidate.ts';
import { makeReady } from '#server/runtime/rebuild/make-ready.ts';
import { requestRebuild } from '#server/runtime/rebuild/request-rebuild.ts';
import { swapRebuild } from '#server/runtime/rebuild/swap-rebuild.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getRebuildsAnswer } from './rebuilds.ts';

const OPERATOR = { actor: 'olga', reason: 'Ticket 7' };

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  await bank.run(openAccount, {
    number: 'A-1',
    owner: 'Ada',
    currency: 'EUR',
    overdraftLimit: '0',
  });
  await bank.run(deposit, { accountId: 'A-1', amount: '5.00', currency: 'EUR' });
  await bank.settle();
});

afterAll(() => bank.close());

const ask = async (projection: string) => {
  const deps = { db: bank.postgres.db, registry: bank.registered };
  return rebuildsSchema.parse(await getRebuildsAnswer(deps, { projection }));
};

it('says of a projection where its rebuild is, and which generation is kept', async () => {
  const { db } = bank.postgres;
  expect(await ask('accounts')).toMatchObject({
    place: 'postgresql',
    codeVersion: accountsView.version,
    items: [],
    kept: null,
    journal: null,
  });
  const { id } = await requestRebuild(db, accountsView, OPERATOR);
  expect((await ask('accounts')).items).toMatchObject([{ id, status: 'running', position: 0 }]);
  await fillCandidate(db, accountsView, id);
  await makeReady(db, accountsView, id);
  expect((await ask('accounts')).items).toMatchObject([{ id, status: 'ready', position: 2 }]);
  await swapRebuild(db, accountsView, OPERATOR);
  // However many rebuilds came after it.
  for (let count = 0; count < 21; count += 1) {
    await requestRebuild(db, accountsView, OPERATOR);
    await cancelRebuild(db, accountsView, OPERATOR);
  }
  const { items, kept } = await ask('accounts');
  expect(items).toHaveLength(20);
  expect(items.every(({ status }) => status === 'cancelled')).toBe(true);
  expect(kept).toMatchObject({ id, status: 'swapped', previous: { position: 2 } });
});

it('says at which event a rebuild stopped', async () => {
  const { db } = bank.postgres;
  const event = { position: 1, aggregateId: 'account#A-1', eventSequence: 1, eventType: 'Opened' };
  const { id } = await requestRebuild(db, accountsView, OPERATOR);
  const error = JSON.stringify({ message: 'It stopped.', event });
  await db.execute(sql`
    UPDATE rebuilds SET status = 'failed', error = ${error}::jsonb WHERE id = ${id}
  `);
  expect((await ask('accounts')).items[0]).toMatchObject({
    status: 'failed',
    error: { message: 'It stopped.', event },
  });
});

it('says of a hot view and of the journal that they are rebuilt in their place', async () => {
  expect(await ask('account-balances')).toMatchObject({ place: 'dynamodb', items: [], kept: null });
  await requestJournalRebuild(bank.postgres.db);
  expect(await ask('journal')).toMatchObject({
    place: 'journal',
    codeVersion: null,
    journal: { isComplete: false, worker: null },
  });
});

it('refuses a name that nothing has', async () => {
  await expect(ask('nothing')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
