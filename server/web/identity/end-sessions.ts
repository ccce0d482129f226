import { PlayheadError } from '#lib/playhead-error.ts';
import { endSession, listSessions } from '#server/runtime/identity/sessions.ts';
import type { RequestContext, WebContext } from '../context.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { toSessionId } from './session-answer.ts';

type Deps = Pick<WebContext, 'db' | 'now' | 'cookie' | 'record' | 'forgetSession' | 'identify'>;

/** Signs out here: the session ends, and the cookie goes. Whoever is signed in nowhere gets the same answer. */
export async function signOut(context: Deps, headers: Headers): Promise<Response> {
  const { db, cookie, record, forgetSession, identify } = context;
  const hash = cookie.read(headers);
  const { actor } = await identify(headers);
  if (hash !== undefined && (await endSession(db, actor, hash))) {
    forgetSession(hash);
    await record(headers, { actor }, 'sign-out', actor);
  }
  return toJsonAnswer({ ok: true }, 200, { 'Set-Cookie': cookie.clear(headers) });
}

/** Ends one of one's own sessions, here or elsewhere. Throws SESSION_NOT_FOUND. */
export async function endOwnSession(
  { db, now, record, forgetSession, principal: { actor } }: RequestContext,
  headers: Headers,
  id: string,
): Promise<Response> {
  const open = await listSessions(db, actor, now());
  const session = open.find(({ hash }) => toSessionId(hash) === id);
  if (session === undefined) {
    throw new PlayheadError('SESSION_NOT_FOUND', 'This session has ended already.');
  }
  await endSession(db, actor, session.hash);
  forgetSession(session.hash);
  await record(headers, { actor }, 'end-session', actor, { address: session.address });
  return toJsonAnswer({ ok: true });
}
