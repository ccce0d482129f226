import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';

/** The key of an account's history in the event store. */
export function toAccountAggregateId(accountId: string): string {
  return toAggregateId('account', accountId);
}

/** The account's own id in an aggregate id. */
export function fromAccountAggregateId(aggregateId: string): string {
  return parseAggregateId(aggregateId).id;
}
