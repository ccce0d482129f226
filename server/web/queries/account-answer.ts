import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { AccountAnswer } from '#lib/contracts/queries.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Db } from '#server/platform/postgres.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { getFreshness } from '#server/projections/lag.ts';
import { accountNotFound, toAccountRow, toFoldedAccountRow } from '../account-row.ts';
import { waitParams } from '../parse-query.ts';
import { type WaitForEventDeps, waitForEvent } from '../wait-for-event.ts';

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
      await waitForEvent(deps, ['accounts'], accountId, wait);
      return readAccount(deps.db, accountId);
    case 'eventual':
      return readAccount(deps.db, accountId);
  }
}

async function readAccount(db: Db, accountId: string): Promise<AccountAnswer> {
  const freshness = await getFreshness(db, 'accounts');
  const [row] = await db.select().from(accounts).where(eq(accounts.accountId, accountId));
  if (!row) {
    throw accountNotFound(accountId, 'in the read model');
  }
  return { account: toAccountRow(row), source: 'read-model', freshness };
}

async function foldAccount(store: EventStore, accountId: string): Promise<AccountAnswer> {
  const { state, version } = await store.load(toAggregateId(accountId));
  if (state.status === 'unopened') {
    throw accountNotFound(accountId);
  }
  return {
    account: toFoldedAccountRow(accountId, state, version),
    source: 'event-store',
    freshness: null,
  };
}
