import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { passkeySignInSchema } from '#lib/contracts/sign-in.ts';
import { findPerson } from '#server/modules/users/queries/find-person.ts';
import { passkeys } from '#server/runtime/identity/credentials-table.ts';
import { toUserId } from '#server/runtime/identity/subject.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { beginSession, type SignInContext, toSignedIn } from './begin-session.ts';
import { keepChallenge, takeChallenge, toRefused } from './passkey-challenge.ts';
import { toAddress } from './request-origin.ts';
import { toSite } from './request-site.ts';

/** What the passkey of whoever signs in must sign. */
export async function beginPasskeySignIn(
  context: SignInContext,
  headers: Headers,
): Promise<Response> {
  await context.limitSignIns.begin(toAddress(headers));
  const rpID = toSite(headers).hostname;
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
  const code = await keepChallenge(context, options.challenge);
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

function toCredential({
  id,
  publicKey,
  counter,
}: typeof passkeys.$inferSelect): WebAuthnCredential {
  return { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter };
}
