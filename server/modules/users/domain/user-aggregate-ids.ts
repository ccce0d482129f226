import { toAggregateId } from '#lib/aggregate-id.ts';
import { toEmailId } from './email-id.ts';

/** The key of a user's history in the event store. */
export function toUserAggregateId(userId: string): string {
  return toAggregateId('user', userId);
}

/** The key of an address's history in the event store; the address is in its one form. */
export function toEmailAggregateId(address: string): string {
  return toAggregateId('email', toEmailId(address));
}
