import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import type { CommandContext } from '#server/runtime/commands/command-context.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toEmailAggregateId, toUserAggregateId } from '../domain/user-aggregate-ids.ts';
import { usersModule } from '../module.ts';
import { changeUserPermissions } from './change-user-permissions.ts';
import { deactivateUser } from './deactivate-user.ts';
import { registerUser } from './register-user.ts';
import { updateUserProfile } from './update-user-profile.ts';

const dynamo = await createTestDynamo();
const aggregates = new Map(usersModule.aggregates.map((each) => [each.type, each]));
const store = createEventStore(dynamo, aggregates);
const processes = Array.from({ length: 4 }, createProcess);
const [first] = processes;

afterAll(async () => {
  await Promise.all(processes.map((process) => process.close()));
  dynamo.close();
});

/** The write side as one process has it: what it remembers is its own. */
function createProcess() {
  const handler = createCommandHandler({
    store,
    now: () => new Date(),
    onSnapshotError: (error) => {
      throw error;
    },
  });
  return {
    run: (command: Command, input: unknown, changes: Partial<CommandContext> = {}) =>
      runCommand({ handler, actor: 'tester', commandId: randomUUID(), ...changes }, command, input),
    close: handler.close,
  };
}

function run(command: Command, input: unknown, changes: Partial<CommandContext> = {}) {
  return (first ?? createProcess()).run(command, input, changes);
}

/** An id and an address that nobody has. */
function fresh() {
  const userId = randomUUID();
  return { userId, email: `${userId}@example.com`, name: 'Ada Lovelace' };
}

async function registerFresh() {
  const user = fresh();
  await run(registerUser, user);
  return user;
}

async function eventsOf(aggregateId: string) {
  return (await store.read(aggregateId)).map(store.decode);
}

/** How many were accepted, and by which codes the others were refused. */
async function outcomes(commands: readonly Promise<unknown>[]) {
  const settled = await Promise.allSettled(commands);
  return {
    accepted: settled.filter(({ status }) => status === 'fulfilled').length,
    codes: settled.flatMap((each) =>
      each.status === 'rejected' ? [isPlayheadError(each.reason) && each.reason.code] : [],
    ),
  };
}

describe('a user’s life', () => {
  it('is written event by event, in their history and in those of their addresses', async () => {
    const { userId, email } = fresh();
    const moved = `moved-${email}`;
    const registering = { userId: ` ${userId.toUpperCase()}`, email: ` ${email.toUpperCase()}` };
    expect(await run(registerUser, { ...registering, name: ' Ada ' })).toMatchObject({
      tokens: [
        { aggregateId: `user#${userId}`, sequence: 1 },
        { aggregateId: toEmailAggregateId(email), sequence: 1 },
      ],
    });
    await run(updateUserProfile, { userId, name: 'Ada King', email: moved, currentEmail: email });
    const granted = ['bank:view', 'bank:commands'];
    await run(changeUserPermissions, { userId, grant: granted }, { actor: 'Bob' });
    await run(deactivateUser, { userId, reason: 'Left' });

    const events = await eventsOf(toUserAggregateId(userId));
    expect(events).toMatchObject([
      { eventType: 'UserRegistered', eventData: { email, name: 'Ada' } },
      { eventType: 'UserProfileUpdated', eventData: { email: moved, name: 'Ada King' } },
      {
        eventType: 'UserPermissionsChanged',
        eventData: { granted: ['bank:commands', 'bank:view'], revoked: [] },
        metadata: { actor: 'Bob', commandType: 'ChangeUserPermissions' },
      },
      { eventType: 'UserDeactivated', eventData: { reason: 'Left' } },
    ]);
    const [released, claimed] = await Promise.all(
      [email, moved].map((address) => eventsOf(toEmailAggregateId(address))),
    );
    expect(released).toMatchObject([
      { eventType: 'EmailClaimed', eventData: { userId } },
      { eventType: 'EmailReleased', timestamp: events[1]?.timestamp },
    ]);
    expect(claimed).toMatchObject([{ eventType: 'EmailClaimed', timestamp: events[1]?.timestamp }]);
    await expect(run(registerUser, { ...fresh(), email: moved })).rejects.toMatchObject({
      code: 'EMAIL_TAKEN',
      field: 'email',
    });
    await run(registerUser, { ...fresh(), email });
  });

  it('is the same for a command that changes nothing', async () => {
    const { userId, email, name } = await registerFresh();
    for (const [command, input] of [
      [updateUserProfile, { userId, name, email, currentEmail: email }],
      [changeUserPermissions, { userId, revoke: ['*:view'] }],
    ] as const) {
      expect(await run(command, input)).toMatchObject({ tokens: [], duplicate: false });
    }
    expect(await eventsOf(toUserAggregateId(userId))).toHaveLength(1);
  });

  it.each([
    [updateUserProfile, { name: 'X' }],
    [changeUserPermissions, { grant: ['*:view'] }],
    [deactivateUser, {}],
  ])('is nobody’s who is not there', async (command, input) => {
    const asked = run(command, { ...input, userId: randomUUID() });
    await expect(asked).rejects.toMatchObject({ code: 'USER_NOT_FOUND', field: 'userId' });
  });
});

describe('one address', () => {
  it('is one user’s, of all who are registered with it at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { email } = fresh();
      const racing = processes.map((process) => process.run(registerUser, { ...fresh(), email }));
      expect(await outcomes(racing)).toEqual({
        accepted: 1,
        codes: ['EMAIL_TAKEN', 'EMAIL_TAKEN', 'EMAIL_TAKEN'],
      });
      expect(await eventsOf(toEmailAggregateId(email))).toHaveLength(1);
    }
  });

  it('is one user’s, of those who are registered with it and those who move to it', async () => {
    const movers = await Promise.all([registerFresh(), registerFresh()]);
    const { email } = fresh();
    const racing = processes.map((process, index) => {
      const mover = movers[index];
      return mover
        ? process.run(updateUserProfile, {
            userId: mover.userId,
            email,
            currentEmail: mover.email,
          })
        : process.run(registerUser, { ...fresh(), email });
    });
    expect((await outcomes(racing)).accepted).toBe(1);
    const [claim] = await eventsOf(toEmailAggregateId(email));
    for (const { userId, email: before } of movers) {
      const { state } = await store.load(toUserAggregateId(userId));
      const isWinner =
        claim?.eventData && 'userId' in claim.eventData && claim.eventData.userId === userId;
      expect(state).toMatchObject({ email: isWinner ? email : before });
      const old = await eventsOf(toEmailAggregateId(before));
      expect(old).toHaveLength(isWinner ? 2 : 1);
    }
  });

  it('cannot be exchanged for another one that is taken', async () => {
    const [one, other] = await Promise.all([registerFresh(), registerFresh()]);
    const exchange = [
      run(updateUserProfile, { userId: one.userId, email: other.email, currentEmail: one.email }),
      run(updateUserProfile, { userId: other.userId, email: one.email, currentEmail: other.email }),
    ];
    expect(await outcomes(exchange)).toEqual({
      accepted: 0,
      codes: ['EMAIL_TAKEN', 'EMAIL_TAKEN'],
    });
  });

  it('moves once, of two changes that both replace it', async () => {
    const { userId, email } = await registerFresh();
    const racing = processes.map((process) =>
      process.run(updateUserProfile, { userId, email: fresh().email, currentEmail: email }),
    );
    const codes = ['EMAIL_NOT_CURRENT', 'EMAIL_NOT_CURRENT', 'EMAIL_NOT_CURRENT'];
    expect(await outcomes(racing)).toEqual({ accepted: 1, codes });
  });
});

it('permissions that are changed at once by several are all changed', async () => {
  const { userId } = await registerFresh();
  const modules = ['bank', 'projects', 'templates', 'users'];
  const grants = processes.map((process, index) =>
    process.run(changeUserPermissions, { userId, grant: [`${modules[index]}:view`, '*:view'] }),
  );
  expect((await outcomes(grants)).accepted).toBe(4);
  const { state } = await store.load(toUserAggregateId(userId));
  expect(state).toMatchObject({
    permissions: ['*:view', 'bank:view', 'projects:view', 'templates:view', 'users:view'],
  });
});
