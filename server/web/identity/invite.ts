import { toUserId as toCanonicalId } from '#lib/modules/users/user-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findPerson } from '#server/modules/users/queries/find-person.ts';
import { createInvitation } from '#server/runtime/identity/invitations.ts';
import { toSubject } from '#server/runtime/identity/subject.ts';
import type { RequestContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { toAddress } from './request-origin.ts';

/** Makes a link by which a user chooses a password; it is shown this once. Throws USER_NOT_FOUND. */
export async function invite(
  { db, store, now, principal }: RequestContext,
  headers: Headers,
  text: string,
): Promise<Response> {
  const userId = toCanonicalId(text) ?? '';
  const person = userId === '' ? undefined : await findPerson(store, userId);
  if (person === undefined) {
    const sentence = `There is no active user ${text.slice(0, 64)} who could be invited.`;
    throw new PlayheadError('USER_NOT_FOUND', sentence, { field: 'userId' });
  }
  const operator = { actor: principal.actor, origin: toAddress(headers) };
  const path = await createInvitation(db, toSubject(userId), operator, now());
  return toJsonAnswer({ path }, 201);
}
