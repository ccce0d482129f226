import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { Difference } from './difference.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { listViewAccounts } from './list-view-accounts.ts';

/**
 * Accounts that a view has rows of and the event store has no event of, once for each view; `known`
 * are accounts that need not be looked up.
 */
export async function* findUnknownAccounts(
  deps: IntegrityDeps,
  known: ReadonlySet<string>,
): AsyncGenerator<Difference> {
  for (const { view, accountIds } of listViewAccounts(deps)) {
    for await (const page of accountIds) {
      for (const accountId of page) {
        // It may have been opened since the others were listed.
        if (!known.has(accountId) && !(await exists(deps, accountId))) {
          yield {
            accountId,
            view,
            field: 'account',
            expected: null,
            actual: 'a row',
            explanation: null,
          };
        }
      }
    }
  }
}

async function exists({ store }: IntegrityDeps, accountId: string): Promise<boolean> {
  return (await store.getNewestSequence(toAggregateId(accountId))) > 0;
}
