import { takeCode } from '#server/runtime/identity/one-time-codes.ts';
import { LOCAL_OPERATOR } from '#server/runtime/identity/subject.ts';
import { beginSession, type SignInContext, toSignedIn } from './begin-session.ts';
import { toInvalidCode } from './passwords.ts';
import { localOperator } from './principal.ts';

/** Signs in whoever has the link that the start printed. Throws CODE_INVALID. */
export async function signInByLink(
  context: SignInContext,
  headers: Headers,
  { code }: { readonly code: string },
): Promise<Response> {
  const taken = await takeCode(context.db, 'link', code, context.now());
  if (taken === undefined) {
    throw toInvalidCode();
  }
  const setCookie = await beginSession(context, headers, LOCAL_OPERATOR, 'link');
  return toSignedIn(setCookie, localOperator.name);
}
