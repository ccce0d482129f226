import { eq } from 'drizzle-orm';
import pLimit from 'p-limit';
import type { z } from 'zod';
import {
  type invitationSchema,
  MIN_PASSWORD_LENGTH,
  type passwordSignInSchema,
} from '#lib/contracts/sign-in.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findPerson, findPersonByEmail } from '#server/modules/users/queries/find-person.ts';
import { passwords } from '#server/runtime/identity/credentials-table.ts';
import { findCode, takeCode } from '#server/runtime/identity/one-time-codes.ts';
import { hashPassword, isPassword } from '#server/runtime/identity/password-hash.ts';
import { endSessionsOf } from '#server/runtime/identity/sessions.ts';
import { toSubject, toUserId } from '#server/runtime/identity/subject.ts';
import { beginSession, type SignInContext, toSignedIn } from './begin-session.ts';
import { toAddress } from './request-origin.ts';

/** One password takes 64 MiB to check: no more than these at once. */
const hashing = pLimit(2);

/** Signs in by address and password. Throws SIGN_IN_REFUSED, the same for whatever is wrong, and TOO_MANY_SIGN_INS. */
export async function signInByPassword(
  context: SignInContext,
  headers: Headers,
  { email, password }: z.output<typeof passwordSignInSchema>,
): Promise<Response> {
  const { db, store, record, limitSignIns } = context;
  await limitSignIns.take(email, toAddress(headers));
  const person = await findPersonByEmail(store, email);
  const subject = person && toSubject(person.userId);
  const [row] = subject
    ? await db.select().from(passwords).where(eq(passwords.subject, subject))
    : [];
  const isRight = await hashing(() => isPassword(password, row?.hash));
  if (person === undefined || subject === undefined || !isRight) {
    // What was typed may be a password in the wrong field: it is not kept.
    const actor = subject ?? 'unknown';
    await record(headers, { actor }, 'sign-in-refused', actor, { method: 'password' });
    const sentence = 'This address and this password are not known together.';
    throw new PlayheadError('SIGN_IN_REFUSED', sentence, { field: 'password' });
  }
  await limitSignIns.clear(email, toAddress(headers));
  return toSignedIn(await beginSession(context, headers, subject, 'password'), person.name);
}

/**
 * Lets whom an invitation is for choose a password, and signs them in; wherever else they are signed in ends.
 * Throws CODE_INVALID and PASSWORD_TOO_WEAK, which leaves the code as it is.
 */
export async function acceptInvitation(
  context: SignInContext,
  headers: Headers,
  { code, password }: z.output<typeof invitationSchema>,
): Promise<Response> {
  const { db, store, now, record } = context;
  const found = await findCode(db, 'invitation', code, now());
  const person = await findInvited(store, found?.subject);
  requireStrong(password, [person.name, person.email, person.userId]);
  const hash = await hashing(() => hashPassword(password));
  const subject = toSubject(person.userId);
  await db.transaction(async (tx) => {
    if ((await takeCode(tx, 'invitation', code, now())) === undefined) {
      throw toInvalidCode();
    }
    await tx
      .insert(passwords)
      .values({ subject, hash })
      .onConflictDoUpdate({ target: passwords.subject, set: { hash, changedAt: now() } });
    await endSessionsOf(tx, subject);
  });
  await record(headers, { actor: subject }, 'choose-password', subject);
  return toSignedIn(await beginSession(context, headers, subject, 'invitation'), person.name);
}

/** Who is invited. Throws CODE_INVALID, also where they were deactivated since. */
export async function findInvited(
  store: SignInContext['store'],
  subject: string | null | undefined,
) {
  const userId = toUserId(subject ?? '');
  const person = userId === undefined ? undefined : await findPerson(store, userId);
  if (person === undefined) {
    throw toInvalidCode();
  }
  return person;
}

/** For every code that is no good, whatever the reason. */
export function toInvalidCode(): PlayheadError {
  const sentence = 'This link was used already, or it is too old. Ask for a new one.';
  return new PlayheadError('CODE_INVALID', sentence, { field: 'code' });
}

function requireStrong(password: string, facts: readonly string[]): void {
  const text = password.normalize('NFKC').toLowerCase();
  const isShort = [...text].length < MIN_PASSWORD_LENGTH;
  const isMonotone = new Set(text).size < 5;
  const isKnown = facts.some(
    (fact) => text.includes(fact.toLowerCase()) && fact.length * 2 > text.length,
  );
  if (isShort || isMonotone || isKnown) {
    const sentence = isShort
      ? `A password has at least ${MIN_PASSWORD_LENGTH} characters: a few words that nobody would guess.`
      : 'This password is easily guessed. Take a few words that have nothing to do with you.';
    throw new PlayheadError('PASSWORD_TOO_WEAK', sentence, { field: 'password' });
  }
}
