import { randomUUID } from 'node:crypto';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import type { CommandContext } from '#server/runtime/commands/command-context.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { freshAccount } from './event-store-contract.ts';

/**
 * The write side over the tables of `dynamo`, as one process has it. `failures` is what went wrong
 * in the background.
 */
export function createTestWriteSide(dynamo: Dynamo) {
  const failures: unknown[] = [];
  const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
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
    await runCommand(context(), openAccount, { number, owner: 'Ada', currency: 'EUR', ...terms });
    return number;
  };
  return { store, handler, context, openFresh, failures };
}
