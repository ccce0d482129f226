import { createSession, type SignInMethod } from '#server/runtime/identity/sessions.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { WebContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { toAddress, toUserAgent } from './request-origin.ts';

/** What signing in needs. */
export type SignInContext = Pick<
  WebContext,
  'db' | 'store' | 'now' | 'cookie' | 'record' | 'limitSignIns'
>;

/** Signs somebody in, and records that. Answers with the Set-Cookie field. */
export async function beginSession(
  {
    db,
    now,
    cookie,
    record,
  }: Pick<SignInContext, 'now' | 'cookie' | 'record'> & { readonly db: Db },
  headers: Headers,
  subject: string,
  method: SignInMethod,
): Promise<string> {
  const address = toAddress(headers);
  const userAgent = toUserAgent(headers);
  const secret = await createSession(db, { subject, method, address, userAgent }, now());
  await record(headers, { actor: subject }, 'sign-in', subject, { method, userAgent });
  return cookie.set(headers, secret);
}

/** The answer to who has signed in. */
export function toSignedIn(setCookie: string, name: string): Response {
  return toJsonAnswer({ name }, 200, { 'Set-Cookie': setCookie });
}
