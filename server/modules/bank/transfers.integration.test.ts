import { afterAll, expect, it } from 'vitest';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { createTestBank } from '#server/testing/bank.ts';
import { freshAccount } from '#server/testing/event-store-contract.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { approveTransfer } from './commands/approve-transfer.ts';
import { declineTransfer } from './commands/decline-transfer.ts';
import { deposit, withdraw } from './commands/move-money.ts';
import { openAccount } from './commands/open-account.ts';
import { transfer } from './commands/transfer.ts';
import { getLedgerPage, ledgerQuerySchema } from './queries/ledger-page.ts';
import { proposedTransfersList } from './queries/transfer-resources.ts';

const bank = await createTestBank(FULL_REGISTRY);
afterAll(() => bank.close());

const money = { amount: '10000.00', currency: 'EUR' };

/** A transfer that waits for its approval, between two accounts of its own. */
async function propose() {
  const [fromAccountId, toAccountId] = [freshAccount(), freshAccount()];
  for (const number of [fromAccountId, toAccountId]) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
  }
  await bank.run(deposit, { accountId: fromAccountId, ...money });
  const ends = { fromAccountId, toAccountId };
  const { commandId, tokens } = await bank.run(transfer, { ...ends, ...money }, 'user:ada');
  expect(tokens).toEqual([{ aggregateId: `transfer#${commandId}`, sequence: 1 }]);
  return { ...ends, transferId: commandId };
}

async function balanceOf(accountId: string) {
  const { state } = await loadAccount(bank.store, accountId);
  return state.status === 'unopened' ? undefined : state.balance;
}

async function listed(transferId: string) {
  await bank.settle();
  const { items } = await getListPage(
    bank.postgres.db,
    proposedTransfersList,
    new URLSearchParams({ q: transferId }),
  );
  return items[0];
}

it('is booked once, with its approval, when two people approve it at the same moment', async () => {
  const { transferId, ...ends } = await propose();
  expect(await balanceOf(ends.fromAccountId)).toBe(10_000_00n);
  const waiting = { status: 'proposed', proposedBy: 'user:ada', amount: '1000000', version: 1 };
  expect(await listed(transferId)).toMatchObject(waiting);
  const input = { transferId, ...ends };
  await expect(bank.run(approveTransfer, input, 'user:ada')).rejects.toMatchObject({
    code: 'FOUR_EYES',
  });
  const both = await Promise.allSettled(
    ['user:bob', 'user:eve'].map((actor) => bank.run(approveTransfer, input, actor)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'TRANSFER_DECIDED' },
  });
  expect(await balanceOf(ends.fromAccountId)).toBe(0n);
  expect(await balanceOf(ends.toAccountId)).toBe(10_000_00n);
  const approver = ['user:bob', 'user:eve'][both.findIndex(({ status }) => status === 'fulfilled')];
  expect(await listed(transferId)).toMatchObject({
    status: 'approved',
    decidedBy: approver,
    version: 2,
  });
  // The other side is the other account's, and not the approval.
  const query = ledgerQuerySchema.parse({});
  const { items } = await getLedgerPage(bank.postgres.db, ends.fromAccountId, query);
  expect(items[0]).toMatchObject({ type: 'transfer-out', otherSequence: 2 });
});

it('goes on waiting when it cannot be booked, and ends when it is declined', async () => {
  const { transferId, ...ends } = await propose();
  const cent = { accountId: ends.fromAccountId, amount: '0.01', currency: 'EUR' };
  await bank.run(withdraw, cent);
  const input = { transferId, ...ends };
  await expect(bank.run(approveTransfer, input, 'user:bob')).rejects.toMatchObject({
    code: 'OVERDRAFT_LIMIT_EXCEEDED',
  });
  expect(await listed(transferId)).toMatchObject({ status: 'proposed', version: 1 });
  const refusal = { transferId, reason: 'No funds' };
  await bank.run(declineTransfer, refusal, 'user:bob');
  await bank.run(deposit, cent);
  await expect(bank.run(approveTransfer, input, 'user:bob')).rejects.toMatchObject({
    code: 'TRANSFER_DECIDED',
  });
  expect(await listed(transferId)).toMatchObject({ status: 'declined', reason: 'No funds' });
  expect(await balanceOf(ends.toAccountId)).toBe(0n);
});
