import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { newPasskeySchema, passkeySignInSchema } from '#lib/contracts/sign-in.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findPerson } from '#server/modules/users/queries/find-person.ts';
import { passkeys } from '#server/runtime/identity/credentials-table.ts';
import { createCode, takeCode } from '#server/runtime/identity/one-time-codes.ts';
import { toUserId } from '#server/runtime/identity/subject.ts';
import type { RequestContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { beginSession, type SignInContext, toSignedIn } from './begin-session.ts';
import { isSecure } from './session-cookie.ts';

/** A challenge is answered at once. */
const CHALLENGE_MS = 5 * 60_000;

const challengeSchema = z.object({ challenge: z.string() });

/** To which site a passkey belongs: the name that the browser has in its address, and its origin. */
function toSite(headers: Headers) {
  const host = headers.get('host') ?? '';
  const { origin, hostname } = new URL(`${isSecure(headers) ? 'https' : 'http'}://${host}`);
  return { origin, hostname };
}

/** What the passkey of whoever signs in must sign. */
export async function beginPasskeySignIn(
  { db, now }: SignInContext,
  headers: Headers,
): Promise<Response> {
  const rpID = toSite(headers).hostname;
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
  const data = { challenge: options.challenge };
  const code = await createCode(db, { purpose: 'passkey', data, lifetimeMs: CHALLENGE_MS }, now());
  return toJsonAnswer({ code, options });
}

/** Signs in by a passkey. Throws PASSKEY_REFUSED, whatever is wrong. */
export async function signInByPasskey(
  context: SignInContext,
  headers: Headers,
  { code, response }: z.output<typeof passkeySignInSchema>,
): Promise<Response> {
  const { db, store, now } = context;
  const challenge = await takeChallenge(context, code);
  const [passkey] = await db
    .select()
    .from(passkeys)
    .where(eq(passkeys.id, `${response.id}`));
  const person = passkey && (await findPerson(store, toUserId(passkey.subject) ?? ''));
  if (passkey === undefined || person === undefined) {
    throw toRefused();
  }
  const { origin, hostname } = toSite(headers);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: hostname,
    credential: toCredential(passkey),
  }).catch((cause: unknown) => {
    throw toRefused(cause);
  });
  if (!verified) {
    throw toRefused();
  }
  const used = { counter: authenticationInfo.newCounter, lastUsedAt: now() };
  await db.update(passkeys).set(used).where(eq(passkeys.id, passkey.id));
  return toSignedIn(await beginSession(context, headers, passkey.subject, 'passkey'), person.name);
}

/** What a new passkey of who is signed in must be like. Throws PASSKEY_REFUSED for who is no user. */
export async function beginPasskey(
  { db, now, principal }: RequestContext,
  headers: Headers,
): Promise<Response> {
  requirePerson(principal);
  const held = await db.select().from(passkeys).where(eq(passkeys.subject, principal.actor));
  const options = await generateRegistrationOptions({
    rpName: 'Playhead',
    rpID: toSite(headers).hostname,
    userName: principal.name,
    userID: new TextEncoder().encode(principal.actor),
    excludeCredentials: held.map(({ id }) => ({ id })),
    // It names its owner by itself, and asks for more than to be at hand.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const data = { challenge: options.challenge };
  const { actor: subject } = principal;
  const purpose = 'passkey';
  const code = await createCode(db, { purpose, subject, data, lifetimeMs: CHALLENGE_MS }, now());
  return toJsonAnswer({ code, options });
}

/** Keeps a new passkey of who is signed in. Throws PASSKEY_REFUSED. */
export async function addPasskey(
  context: RequestContext,
  headers: Headers,
  { code, name, response }: z.output<typeof newPasskeySchema>,
): Promise<Response> {
  const { db, principal, record } = context;
  requirePerson(principal);
  const challenge = await takeChallenge(context, code, principal.actor);
  const { origin, hostname } = toSite(headers);
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: hostname,
  }).catch((cause: unknown) => {
    throw toRefused(cause);
  });
  const { id, publicKey, counter } = requireCredential(verified);
  const row = {
    id,
    subject: principal.actor,
    name,
    counter,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    transports: [],
  };
  await db.insert(passkeys).values(row).onConflictDoNothing();
  await record(headers, { actor: principal.actor }, 'add-passkey', principal.actor, { name });
  return toJsonAnswer({ id }, 201);
}

/** Takes a passkey of who is signed in away. Throws PASSKEY_REFUSED for one that is not theirs. */
export async function removePasskey(
  { db, principal, record }: RequestContext,
  headers: Headers,
  id: string,
): Promise<Response> {
  const { actor } = principal;
  const [removed] = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.subject, actor)))
    .returning({ name: passkeys.name });
  if (removed === undefined) {
    throw new PlayheadError('PASSKEY_REFUSED', 'You have no such passkey (any more).');
  }
  await record(headers, { actor }, 'remove-passkey', actor, removed);
  return toJsonAnswer({ id });
}

async function takeChallenge(
  { db, now }: Pick<SignInContext, 'db' | 'now'>,
  code: string,
  subject: string | null = null,
): Promise<string> {
  const taken = await takeCode(db, 'passkey', code, now());
  if (taken === undefined || taken.subject !== subject) {
    throw toRefused();
  }
  return challengeSchema.parse(taken.data).challenge;
}

function requirePerson({ kind }: RequestContext['principal']): void {
  if (kind !== 'person') {
    const sentence = 'Passkeys are for users: the local operator signs in by the start’s link.';
    throw new PlayheadError('PASSKEY_REFUSED', sentence);
  }
}

function requireCredential({ registrationInfo }: VerifiedRegistrationResponse): WebAuthnCredential {
  if (registrationInfo === undefined) {
    throw toRefused();
  }
  return registrationInfo.credential;
}

function toCredential({
  id,
  publicKey,
  counter,
}: typeof passkeys.$inferSelect): WebAuthnCredential {
  return { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter };
}

function toRefused(cause?: unknown): PlayheadError {
  const sentence = 'This passkey is not known here, or it took too long. Try again.';
  return new PlayheadError('PASSKEY_REFUSED', sentence, { cause });
}
