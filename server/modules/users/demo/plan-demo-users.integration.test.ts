import { afterAll, expect, it } from 'vitest';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';
import { usersModule } from '../module.ts';
import { DEMO_USERS } from './demo-users.ts';
import { planDemoUsers } from './plan-demo-users.ts';

const dynamo = await createTestDynamo();
const aggregates = new Map(usersModule.aggregates.map((each) => [each.type, each]));
const commands = new Map(usersModule.commands.map((each) => [each.type, each]));
const store = createEventStore(dynamo, aggregates);
const plan = planDemoUsers('2026-05-14T13:37:00.000Z');

afterAll(() => dynamo.close());

/** Sends every command at its time. */
async function send() {
  let now = '';
  const handler = createCommandHandler({
    store,
    now: () => new Date(now),
    onSnapshotError: (error) => {
      throw error;
    },
  });
  for (const { at, actor, commandId, type, input } of plan) {
    now = at;
    const command = commands.get(type);
    if (command !== undefined) {
      await runCommand({ handler, actor, commandId }, command, input);
    }
  }
  await handler.close();
}

async function readUsers() {
  const ids = DEMO_USERS.map(({ id }) => toUserAggregateId(id));
  return (await Promise.all(ids.map((id) => store.read(id)))).flat().map(store.decode);
}

it('registers the users with their history, every command for a change, and once', async () => {
  await send();
  const written = await readUsers();
  const places = written.map(({ metadata, timestamp }) => [metadata.commandId, timestamp]);
  expect(places.sort()).toEqual(plan.map(({ commandId, at }) => [commandId, at]).sort());
  await send();
  expect(await readUsers()).toEqual(written);
});
