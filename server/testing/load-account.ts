import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type { AccountState } from '#server/modules/bank/domain/account-state.ts';
import { stateOf } from '#server/runtime/commands/state-of.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';

/** The newest state of an account. */
export async function loadAccount(
  store: Pick<EventStore, 'load'>,
  accountId: string,
): Promise<LoadedState<AccountState>> {
  const aggregateId = toAccountAggregateId(accountId);
  const loaded = await store.load(aggregateId);
  return { state: stateOf(accountAggregate, aggregateId, loaded), version: loaded.version };
}
