import { randomUUID } from 'node:crypto';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { CommandHandler } from './command-context.ts';
import { hashPayload } from './payload-hash.ts';
import { recordEvents } from './record-events.ts';
import { requireNamed } from './require-named.ts';
import { stateOf } from './state-of.ts';

/** What is kept of a payload's hash, in characters: enough to tell one command's contents apart. */
const KEPT_OF_HASH = 18;

type PreviewDeps = {
  readonly store: Pick<EventStore, 'load' | 'aggregates'>;
  readonly now: () => Date;
  /** Hears of the events that each accepted command would have written. */
  readonly onDecided?: (events: readonly RecordedEvent[]) => void;
};

/**
 * A command handler that writes nothing: it decides commands as the real one does, on the event store's
 * states and on what its own earlier commands would have made of them. It knows no command that was
 * accepted before. Keeps a state for each aggregate and an id for each command.
 */
export function createPreviewHandler({ store, now, onDecided }: PreviewDeps): CommandHandler {
  const states = new Map<string, LoadedState>();
  const hashes = new Map<string, string>();
  const load = async (aggregateId: string) =>
    states.set(aggregateId, states.get(aggregateId) ?? (await store.load(aggregateId)));

  return {
    execute: async ({ commandId, actor, correlationId = randomUUID() }, command) => {
      const { commandType, payload, aggregateIds, decide } = command;
      const hash = hashPayload(commandType, payload).slice(0, KEPT_OF_HASH);
      const known = hashes.get(commandId);
      if (known === hash) {
        return { commandId, tokens: [], duplicate: true };
      }
      if (known !== undefined) {
        const sentence = `The command id ${commandId} belongs to another command.`;
        throw new PlayheadError('COMMAND_ID_REUSED', sentence, { field: 'commandId' });
      }
      await Promise.all(aggregateIds.map(load));
      const loadedOf = (aggregateId: string) => requireNamed(states, aggregateId);
      const decision = decide(now().toISOString(), (aggregate, aggregateId) =>
        stateOf(aggregate, aggregateId, loadedOf(aggregateId)),
      );
      if (decision.kind === 'rejected') {
        throw new PlayheadError(decision.code, decision.message, { field: decision.field });
      }
      const cause = { actor, commandId, commandType, correlationId };
      const additions = recordEvents(store.aggregates, cause, decision, loadedOf);
      for (const { aggregateId, loaded } of additions) {
        states.set(aggregateId, loaded);
      }
      hashes.set(commandId, hash);
      onDecided?.(additions.flatMap(({ events }) => events));
      const tokens = additions.map(({ aggregateId, loaded: { version: sequence } }) => ({
        aggregateId,
        sequence,
      }));
      return { commandId, tokens, duplicate: false };
    },
    close: async () => {},
  };
}
