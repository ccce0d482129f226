import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { userHotViewsSchema } from '#lib/modules/users/queries.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { changeUserPermissions } from '../commands/change-user-permissions.ts';
import { deactivateUser } from '../commands/deactivate-user.ts';
import { registerUser } from '../commands/register-user.ts';
import { toEmailAggregateId } from '../domain/user-aggregate-ids.ts';
import { usersModule } from '../module.ts';
import { getUserHotViews } from './user-hot-views.ts';

const { aggregates, hotViews } = usersModule;
const dynamo = await createTestDynamo();
await createTables(dynamo.client, dynamo.tables, { hotViews });
const store = createEventStore(dynamo, new Map(aggregates.map((each) => [each.type, each])));
const update = createHotViews({ dynamo, store, hotViews });
const handler = createCommandHandler({
  store,
  now: () => new Date(),
  onSnapshotError: (error) => {
    throw error;
  },
});

afterAll(async () => {
  await handler.close();
  dynamo.close();
});

function run(command: Command, input: unknown) {
  return runCommand({ handler, actor: 'tester', commandId: randomUUID() }, command, input);
}

async function read(userId: string) {
  return userHotViewsSchema.parse(await getUserHotViews(dynamo, userId));
}

it('a user’s summary and detail follow their events, in whatever batches they come', async () => {
  const problems = { summary: null, detail: null };
  expect(await read('u-1')).toEqual({ summary: null, detail: null, problems });
  const who = { name: 'Ada', email: 'ada@example.com' };
  await run(registerUser, { userId: 'u-1', ...who });
  await run(changeUserPermissions, { userId: 'u-1', grant: ['*:view'] });
  const [first, ...others] = await store.read('user#u-1');
  // The events of addresses come by the same stream, and are no user's.
  await update(
    [first, ...(await store.read(toEmailAggregateId(who.email)))].flatMap((each) => each ?? []),
  );
  expect(await read('u-1')).toMatchObject({
    summary: { ...who, status: 'active', sequence: 1 },
    detail: { ...who, permissions: [], registeredAt: first?.timestamp, sequence: 1 },
  });
  await update(others);
  await run(deactivateUser, { userId: 'u-1' });
  expect(await read('u-1')).toMatchObject({
    summary: { status: 'active', sequence: 2 },
    detail: { permissions: ['*:view'], sequence: 2 },
    problems,
  });
  const all = await store.read('user#u-1');
  await update(all);
  expect(await read('u-1')).toMatchObject({
    summary: { ...who, status: 'deactivated', sequence: 3 },
    detail: { status: 'deactivated', permissions: [], updatedAt: all[2]?.timestamp, sequence: 3 },
  });
});
