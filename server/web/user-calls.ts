import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { usersPageSchema } from '#lib/modules/users/queries.ts';
import { toUserId } from '#lib/modules/users/user-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { registerUser } from '#server/modules/users/commands/register-user.ts';
import { updateUserProfile } from '#server/modules/users/commands/update-user-profile.ts';
import { findPerson } from '#server/modules/users/queries/find-person.ts';
import { findUser } from '#server/modules/users/queries/user-answer.ts';
import { usersList } from '#server/modules/users/queries/users-list.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { carryOutCommand } from './carry-out-command.ts';
import type { RequestContext } from './context.ts';
import { toErrorHeaders, toHttpStatus } from './http-status.ts';
import { answerErrorsBy, toJsonAnswer } from './json-answer.ts';

/*
 * The users module by three calls with the names and answers of a widespread serverless demonstration of CQRS:
 * POST /command, GET /list and GET /detail, so that a client written for that one works on this.
 */

const callSchema = z.object({
  user_id: z.string(),
  event_type: z.enum(['USER_CREATED', 'USER_UPDATED']),
  payload: z.object({ name: z.string().optional(), email: z.string().optional() }),
});

/** Registers a user, or changes their name or address. Throws INVALID_INPUT and what the commands are refused for. */
export async function postCommand(context: RequestContext, body: unknown): Promise<Response> {
  const parsed = callSchema.safeParse(body);
  if (!parsed.success) {
    const sentence =
      'A command has user_id, event_type (USER_CREATED or USER_UPDATED) and payload (name, email).';
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  const { user_id: userId, event_type: eventType, payload } = parsed.data;
  const isNew = eventType === 'USER_CREATED';
  const command = isNew ? registerUser : updateUserProfile;
  const input = isNew ? { userId, ...payload } : await toUpdate(context, userId, payload);
  const { actor } = context.principal;
  const commandId = randomUUID();
  const asked = { commandType: command.type, actor, commandId };
  const { tokens } = await carryOutCommand(context, asked, (handler) =>
    runCommand({ actor, commandId, handler }, command, input),
  );
  const aggregateId = toAggregateId('user', toUserId(userId) ?? userId);
  const sequence = tokens.find((token) => token.aggregateId === aggregateId)?.sequence;
  const [event] =
    sequence === undefined
      ? []
      : await context.store.read(aggregateId, { from: sequence, to: sequence });
  return toJsonAnswer({
    message: event === undefined ? 'Nothing changed' : 'Event stored',
    aggregate_id: userId,
    event_type: eventType,
    sequence: event?.eventId ?? null,
  });
}

/** A new address names the one that it replaces, which these calls do not know. */
async function toUpdate(
  { store }: RequestContext,
  userId: string,
  payload: z.output<typeof callSchema>['payload'],
) {
  const person = await findPerson(store, toUserId(userId) ?? userId);
  return {
    userId,
    ...payload,
    ...(payload.email !== undefined && { currentEmail: person?.email ?? payload.email }),
  };
}

/** Every user, in the order of their names. */
export async function getList({ db }: RequestContext): Promise<Response> {
  const users: { UserID: string; Name: string; Email: string }[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const params = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) });
    const page: z.output<typeof usersPageSchema> = usersPageSchema.parse(
      await getListPage(db, usersList, params),
    );
    users.push(
      ...page.items.map(({ userId, name, email }) => ({
        UserID: userId,
        Name: name,
        Email: email,
      })),
    );
    cursor = page.nextCursor;
  }
  return toJsonAnswer(users);
}

/** One user. Throws INVALID_INPUT without an id, and USER_NOT_FOUND. */
export async function getDetail(context: RequestContext, given: string | null): Promise<Response> {
  if (given === null || given === '') {
    throw new PlayheadError('INVALID_INPUT', 'Missing user_id');
  }
  const { user } = await findUser(context, toUserId(given) ?? given, { timeout: 0 });
  // A user of this module holds no money: the accounts of the bank do.
  return toJsonAnswer({ UserID: user.userId, Name: user.name, Email: user.email, Balance: 0 });
}

/** Errors as these calls have them: a message. What is asked for wrongly is 400, as is what the rules refuse. */
export const withMessages = answerErrorsBy(({ code, message }) => {
  const status = toHttpStatus(code);
  const isRefused = [409, 412, 422].includes(status);
  const said = code === 'USER_NOT_FOUND' ? 'User not found' : message;
  return toJsonAnswer({ message: said }, isRefused ? 400 : status, toErrorHeaders(code));
});
