import { randomUUID } from 'node:crypto';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { LoadedState } from '#server/event-store/fold-events.ts';
import type { CommandHandler } from './command-context.ts';
import { hashPayload } from './payload-hash.ts';
import { recordEvents } from './record-events.ts';
import { requireNamed } from './require-named.ts';

/** What is kept of a payload's hash, in characters: enough to tell one command's contents apart. */
const KEPT_OF_HASH = 18;

type PreviewDeps = { readonly store: Pick<EventStore, 'load'>; readonly now: () => Date };

/**
 * A command handler that writes nothing: it decides commands as the real one does, on the event store's
 * states and on what its own earlier commands would have made of them. It knows no command that was
 * accepted before. Keeps a state for each account and an id for each command.
 */
export function createPreviewHandler({ store, now }: PreviewDeps): CommandHandler {
  const states = new Map<string, LoadedState>();
  const hashes = new Map<string, string>();
  const load = async (accountId: string) =>
    states.set(accountId, states.get(accountId) ?? (await store.load(toAggregateId(accountId))));

  return {
    execute: async ({ commandId, actor, correlationId = randomUUID() }, command) => {
      const { commandType, payload, accountIds, decide } = command;
      const hash = hashPayload(commandType, payload).slice(0, KEPT_OF_HASH);
      const known = hashes.get(commandId);
      if (known === hash) {
        return { commandId, tokens: [], duplicate: true };
      }
      if (known !== undefined) {
        const sentence = `The command id ${commandId} belongs to another command.`;
        throw new PlayheadError('COMMAND_ID_REUSED', sentence, { field: 'commandId' });
      }
      await Promise.all(accountIds.map(load));
      const loadedOf = (accountId: string) => requireNamed(states, accountId);
      const decision = decide(now().toISOString(), (accountId) => loadedOf(accountId).state);
      if (decision.kind === 'rejected') {
        throw new PlayheadError(decision.code, decision.message, { field: decision.field });
      }
      const cause = { actor, commandId, commandType, correlationId };
      const additions = recordEvents(cause, decision, loadedOf);
      for (const { accountId, loaded } of additions) {
        states.set(accountId, loaded);
      }
      hashes.set(commandId, hash);
      const tokens = additions.map(({ accountId, loaded: { version: sequence } }) => ({
        accountId,
        sequence,
      }));
      return { commandId, tokens, duplicate: false };
    },
    close: async () => {},
  };
}
