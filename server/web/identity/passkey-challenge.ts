import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createCode, takeCode } from '#server/runtime/identity/one-time-codes.ts';
import type { SignInContext } from './begin-session.ts';

/** A challenge is answered at once. */
const CHALLENGE_MS = 5 * 60_000;

const challengeSchema = z.object({ challenge: z.string() });

type Context = Pick<SignInContext, 'db' | 'now'>;

/** Keeps a challenge until it is answered, for somebody or for whoever signs in. Answers with its code. */
export function keepChallenge(
  { db, now }: Context,
  challenge: string,
  subject?: string,
): Promise<string> {
  const code = { purpose: 'passkey', data: { challenge }, lifetimeMs: CHALLENGE_MS } as const;
  return createCode(db, { ...code, ...(subject !== undefined && { subject }) }, now());
}

/** The challenge of a code, which is used up. Throws PASSKEY_REFUSED for one that is another's, or too old. */
export async function takeChallenge(
  { db, now }: Context,
  code: string,
  subject: string | null = null,
): Promise<string> {
  const taken = await takeCode(db, 'passkey', code, now());
  if (taken === undefined || taken.subject !== subject) {
    throw toRefused();
  }
  return challengeSchema.parse(taken.data).challenge;
}

/** For whatever is wrong with a passkey. */
export function toRefused(cause?: unknown): PlayheadError {
  const sentence = 'This passkey is not known here, or it took too long. Try again.';
  return new PlayheadError('PASSKEY_REFUSED', sentence, { cause });
}
