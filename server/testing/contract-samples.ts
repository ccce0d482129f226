import { randomUUID } from 'node:crypto';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { userAggregate } from '#server/modules/users/domain/user-aggregate.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toStoredEvent } from './event-codec.ts';
import { toRecorded } from './recorded.ts';
import { opened } from './sample-events.ts';
import { registered, updated } from './users.ts';

/** A kind of aggregate with which a contract of the runtime is told. */
export type ContractSample = {
  readonly name: string;
  readonly aggregate: Aggregate;
  /** An aggregate's first event, with a text of the caller's. */
  begin(text: string): DomainEvent;
  /** Any later one, as often as one likes. */
  goOn(text: string): DomainEvent;
};

/** Two, whose events and states have nothing in common. */
export const CONTRACT_SAMPLES: readonly ContractSample[] = [
  {
    name: 'accounts',
    aggregate: accountAggregate,
    begin: (owner) => opened({ owner }),
    goOn: (description) => ({
      eventType: 'MoneyDeposited',
      eventData: { amount: 1n, currency: 'EUR', description },
    }),
  },
  {
    name: 'users',
    aggregate: userAggregate,
    begin: (name) => registered({ name }),
    goOn: (name) => updated({ name }),
  },
];

/** The id of an aggregate of the sample's kind that no other test has. */
export function freshId({ aggregate }: ContractSample): string {
  return toAggregateId(aggregate.type, randomUUID().slice(0, 12).toUpperCase());
}

/** Events `first` to `last` of an aggregate, as they are stored. */
export function toStoredSample(
  { begin, goOn }: ContractSample,
  aggregateId: string,
  { first = 1, last, text = 'Ada' }: { first?: number; last: number; text?: string },
): StoredEvent[] {
  const events = Array.from({ length: last }, (_, index) =>
    index === 0 ? begin(text) : goOn(text),
  );
  return toRecorded(aggregateId, events)
    .slice(first - 1)
    .map(toStoredEvent);
}
