import {
  generateRegistrationOptions,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { newPasskeySchema } from '#lib/contracts/sign-in.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { passkeys } from '#server/runtime/identity/credentials-table.ts';
import type { RequestContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { keepChallenge, takeChallenge, toRefused } from './passkey-challenge.ts';
import { toSite } from './request-site.ts';

/** What a new passkey of who is signed in must be like. Throws PASSKEY_REFUSED for who is no user. */
export async function beginPasskey(context: RequestContext, headers: Headers): Promise<Response> {
  const { db, principal } = context;
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
  const code = await keepChallenge(context, options.challenge, principal.actor);
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
