import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountAnswer } from '#lib/modules/bank/queries.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { stateOf } from '#server/runtime/commands/state-of.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { accounts } from '../views/accounts/accounts-table.ts';
import { accountsView } from '../views/accounts/accounts-view.ts';
import { accountNotFound, toAccountRow, toFoldedAccountRow } from './account-row.ts';

/**
 * How an account is read. eventual: as the read model has it now; wait: once the read model holds
 * the account's event `sequence`; strong: folded from the event store, which needs no PostgreSQL.
 */
export const accountQuerySchema = z
  .object({
    consistency: z.enum(['eventual', 'wait', 'strong']).default('eventual'),
    ...waitParams,
  })
  .refine(({ consistency, sequence }) => consistency !== 'wait' || sequence !== undefined, {
    path: ['sequence'],
    message: 'To wait for an event, say which: its sequence is needed.',
  });

type AccountQuery = z.infer<typeof accountQuerySchema>;
type AccountDeps = WaitForEventDeps & { readonly store: EventStore };

/** An account, as consistent as asked for. Throws ACCOUNT_NOT_FOUND and WAIT_TIMED_OUT. */
export async function findAccount(
  deps: AccountDeps,
  accountId: string,
  { consistency, ...wait }: AccountQuery,
): Promise<AccountAnswer> {
  switch (consistency) {
    case 'strong':
      return foldAccount(deps.store, accountId);
    case 'wait':
      await waitForEvent(deps, ['accounts'], toAccountAggregateId(accountId), wait);
      return readAccount(deps.db, accountId);
    case 'eventual':
      return readAccount(deps.db, accountId);
  }
}

async function readAccount(db: Db, accountId: string): Promise<AccountAnswer> {
  const freshness = await getFreshness(db, accountsView);
  const [row] = await db.select().from(accounts).where(eq(accounts.accountId, accountId));
  if (!row) {
    throw accountNotFound(accountId, 'in the read model');
  }
  return { account: toAccountRow(row), source: 'read-model', freshness };
}

async function foldAccount(store: EventStore, accountId: string): Promise<AccountAnswer> {
  const aggregateId = toAccountAggregateId(accountId);
  const loaded = await store.load(aggregateId);
  const state = stateOf(accountAggregate, aggregateId, loaded);
  if (state.status === 'unopened') {
    throw accountNotFound(accountId);
  }
  return {
    account: toFoldedAccountRow(accountId, state, loaded.version),
    source: 'event-store',
    freshness: null,
  };
}
