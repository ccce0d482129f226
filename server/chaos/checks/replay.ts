import type { Decision } from '#server/runtime/commands/decision.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { recordEvents } from '#server/runtime/commands/record-events.ts';
import { stateOf } from '#server/runtime/commands/state-of.ts';
import { aggregateOf } from '#server/runtime/event-store/aggregate.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import { foldEvent, type LoadedState, toInitial } from '#server/runtime/event-store/fold-events.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Registered } from '#server/runtime/registered.ts';
import { commandOf } from '../callers.ts';
import type { PlannedCommand } from '../planned-command.ts';

export type ReplayDeps = {
  readonly store: EventCodec;
  readonly registered: Pick<Registered, 'aggregates' | 'commands'>;
};

/** When and by whom a command was decided. */
export type Decided = { readonly at: string; readonly commandId: string; readonly actor: string };

export type Replay = {
  /** The aggregates that a command names. */
  readonly aggregatesOf: (planned: PlannedCommand) => readonly string[];
  /** What a command brings about on the states as they are now. Throws when its module refuses it. */
  readonly decide: (planned: PlannedCommand, decided: Decided) => readonly StoredEvent[];
  /** Whether a command is accepted on the states as they are now, and has nothing to do. */
  readonly isIdle: (planned: PlannedCommand, decided: Decided) => boolean;
  /** Goes on to the state after an event. Throws when it cannot have followed. */
  readonly apply: (event: StoredEvent) => void;
};

/** The states of all aggregates in memory, from the beginning on, and decisions on them. */
export function startReplay({ store, registered }: ReplayDeps): Replay {
  const states = new Map<string, LoadedState>();

  function kindOf(aggregateId: string) {
    const aggregate = aggregateOf(registered.aggregates, aggregateId);
    if (aggregate === undefined) {
      throw new Error(`${aggregateId} is of no registered type.`);
    }
    return aggregate;
  }

  const loadedOf = (aggregateId: string) =>
    states.get(aggregateId) ?? toInitial(kindOf(aggregateId));

  function read(planned: PlannedCommand) {
    const command = commandOf(registered, planned);
    return { command, input: parseInput(command.schema, planned.input) };
  }

  function decideNow(planned: PlannedCommand, decided: Decided): Decision {
    const { command, input } = read(planned);
    return command.decide(input, {
      ...decided,
      stateOf: (kind, aggregateId) => stateOf(kind, aggregateId, loadedOf(aggregateId)),
    });
  }

  return {
    aggregatesOf: (planned) => {
      const { command, input } = read(planned);
      return command.aggregates(input, planned.commandId);
    },
    decide: (planned, decided) => {
      const decision = decideNow(planned, decided);
      if (decision.kind === 'rejected') {
        throw new Error(`It should have been refused: ${decision.message}`);
      }
      const { type: commandType } = planned;
      const cause = { ...decided, commandType, correlationId: decided.commandId };
      return recordEvents(registered.aggregates, cause, decision, loadedOf).flatMap(({ events }) =>
        events.map(store.encode),
      );
    },
    isIdle: (planned, decided) => {
      const decision = decideNow(planned, decided);
      return (
        decision.kind === 'accepted' &&
        [...decision.events.values()].every((events) => events.length === 0)
      );
    },
    apply: (event) => {
      const { aggregateId } = event;
      const next = foldEvent(kindOf(aggregateId), loadedOf(aggregateId), store.decode(event));
      states.set(aggregateId, next);
    },
  };
}
