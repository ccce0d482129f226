import { randomUUID } from 'node:crypto';
import { projectsModule } from '#server/modules/projects/module.ts';
import { templatesModule } from '#server/modules/templates/module.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createRegistry } from '#server/runtime/registry.ts';

/** Templates and projects alone. */
export const PROJECT_REGISTRY = createRegistry([templatesModule, projectsModule]);

/** The write side of templates and projects over the tables of `dynamo`, as one process has it. */
export function createProjectSide(dynamo: Dynamo, now: () => Date = () => new Date()) {
  const store = createEventStore(dynamo, PROJECT_REGISTRY.aggregates);
  const handler = createCommandHandler({
    store,
    now,
    onSnapshotError: (error) => {
      throw error;
    },
  });
  return {
    store,
    handler,
    run: (command: Command, input: unknown, commandId: string = randomUUID(), actor = 'tester') =>
      runCommand({ handler, actor, commandId }, command, input),
  };
}
