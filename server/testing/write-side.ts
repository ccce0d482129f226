import { randomUUID } from 'node:crypto';
import type { CommandContext } from '#server/commands/command-context.ts';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { createEventStore } from '#server/event-store/create-event-store.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { freshAccount } from './event-store-contract.ts';

/**
 * The write side over the tables of `dynamo`, as one process has it. `failures` is what went wrong
 * in the background.
 */
export function createTestWriteSide(dynamo: Dynamo) {
  const failures: unknown[] = [];
  const store = createEventStore(dynamo);
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (error) => failures.push(error),
  });
  const context = (changes: Partial<CommandContext> = {}): CommandContext => ({
    handler,
    actor: 'tester',
    commandId: randomUUID(),
    ...changes,
  });
  /** Opens an account under a number of its own; its id is that number. */
  const openFresh = async (terms: { currency?: string; overdraftLimit?: string } = {}) => {
    const number = freshAccount();
    await openAccount(context(), { number, owner: 'Ada', currency: 'EUR', ...terms });
    return number;
  };
  return { store, handler, context, openFresh, failures };
}
