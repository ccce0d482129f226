import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { recordEvents } from '#server/runtime/commands/record-events.ts';
import { stateOf } from '#server/runtime/commands/state-of.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { aggregateOf } from '#server/runtime/event-store/aggregate.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { Registry } from '#server/runtime/registry.ts';
import { minute } from './sample-events.ts';

/** Enough of a module's demo for rows in every table of its views. */
const MOST_OF_MODULE = 60;

/**
 * The first commands of every module's demo, in the order in which they are carried out: so what must be
 * true of every view is told with any module that is registered, and needs no sample of its own.
 */
export function planDemo({ modules }: Pick<Registry, 'modules'>): DemoCommand[] {
  const timeOf = ({ at }: DemoCommand) =>
    at === undefined ? Date.parse(minute(0)) : Date.parse(at);
  return modules
    .flatMap(({ demo }) =>
      (demo?.(minute(0)) ?? []).toSorted((a, b) => timeOf(a) - timeOf(b)).slice(0, MOST_OF_MODULE),
    )
    .sort((a, b) => timeOf(a) - timeOf(b));
}

/** The events that these commands bring about, as they are recorded; no database is asked. */
export function toDemoEvents(registry: Registry): RecordedEvent[] {
  const loaded = new Map<string, LoadedState>();
  const loadedOf = (aggregateId: string): LoadedState =>
    loaded.get(aggregateId) ?? {
      state: aggregateOf(registry.aggregates, aggregateId)?.initialState,
      version: 0,
    };
  return planDemo(registry).flatMap(
    ({ type, input, at = minute(0), commandId, actor = 'demo' }) => {
      const command = registry.commands.get(type);
      const decision = command?.decide(parseInput(command.schema, input), {
        at,
        commandId,
        actor,
        stateOf: (kind, aggregateId) => stateOf(kind, aggregateId, loadedOf(aggregateId)),
      });
      if (decision?.kind !== 'accepted') {
        throw new Error(`The demo's command ${commandId} is not accepted: ${decision?.message}`);
      }
      const cause = { actor, commandId, commandType: type, correlationId: commandId };
      const additions = recordEvents(registry.aggregates, cause, decision, loadedOf);
      for (const addition of additions) {
        loaded.set(addition.aggregateId, addition.loaded);
      }
      return additions.flatMap(({ events }) => events);
    },
  );
}
