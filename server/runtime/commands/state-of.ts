import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { Aggregate } from '../event-store/aggregate.ts';
import type { LoadedState } from '../event-store/fold-events.ts';

/** As much of a kind of aggregate as others must know who read its state: modules share it by `lib`. */
export type AggregateKind<State> = Pick<Aggregate<State>, 'type' | 'initialState'>;

/** What a decision can learn of the aggregates that its command named: the state of one, by its kind. */
export type StateOf = <State>(kind: AggregateKind<State>, aggregateId: string) => State;

/** The state of an aggregate of that kind. Throws for an aggregate of another kind. */
export function stateOf<State>(
  { type }: AggregateKind<State>,
  aggregateId: string,
  loaded: LoadedState,
): State {
  if (parseAggregateId(aggregateId).type !== type) {
    throw new Error(`${aggregateId} is no aggregate of the type ${type}.`);
  }
  // States of a kind are made by its own `initialState`, `evolve` and snapshot codec alone.
  return loaded.state as State;
}
