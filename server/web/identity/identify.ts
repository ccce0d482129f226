import { findPerson } from '#server/modules/users/queries/find-person.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { endSession, findSession, type Session } from '#server/runtime/identity/sessions.ts';
import { toUserId } from '#server/runtime/identity/subject.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { TokenCheck } from '#server/runtime/tokens/create-token-check.ts';
import { createLastKnown } from './last-known.ts';
import { anybody, localOperator, nobody, type Principal } from './principal.ts';
import type { RecordAction } from './record-action.ts';
import { toUserAgent } from './request-origin.ts';
import type { SessionCookie } from './session-cookie.ts';

type IdentifyDeps = {
  readonly db: Db;
  readonly store: Pick<EventStore, 'load'>;
  readonly now: () => Date;
  readonly checkToken: TokenCheck;
  readonly cookie: SessionCookie;
  readonly isSignInOff: boolean;
  readonly record: RecordAction;
};

export type Identify = {
  /**
   * Who sends a request: by its token, else by the cookie of a session, else nobody. Throws TOKEN_INVALID, and
   * the databases' errors when it is not known from before.
   */
  readonly identify: (headers: Headers) => Promise<Principal>;
  /** Makes a session's end count at once in this process; in others it does within a second. */
  readonly forgetSession: (hash: string) => void;
};

/** Creates what a web server knows people and programs by. */
export function createIdentify({
  db,
  store,
  now,
  checkToken,
  cookie,
  isSignInOff,
  record,
}: IdentifyDeps): Identify {
  const known = createLastKnown((hash) => findSession(db, hash, now()));
  const people = createLastKnown((userId) => findPerson(store, userId));

  /** A cookie that another program sends was stolen, or the browser is a newer one by now: it ends. */
  async function isStolen(session: Session, headers: Headers): Promise<boolean> {
    const { hash, subject, userAgent } = session;
    if (userAgent === toUserAgent(headers)) {
      return false;
    }
    await endSession(db, subject, hash);
    known.forget(hash);
    await record(headers, { actor: subject }, 'end-session', subject, {
      why: 'The session’s cookie came from another browser.',
    });
    return true;
  }

  async function toPrincipal({ subject }: Session): Promise<Principal> {
    const userId = toUserId(subject);
    if (userId === undefined) {
      return localOperator;
    }
    const person = await people.get(userId);
    return person === undefined
      ? nobody
      : { kind: 'person', actor: subject, name: person.name, rights: person.permissions };
  }

  return {
    identify: async (headers) => {
      if (headers.has('authorization')) {
        const { name, scopes } = await checkToken(headers.get('authorization'));
        return { kind: 'token', actor: `token:${name}`, name, rights: scopes };
      }
      if (isSignInOff) {
        return anybody;
      }
      const hash = cookie.read(headers);
      const session = hash === undefined ? undefined : await known.get(hash);
      const isGood =
        session !== undefined && session.expiresAt > now() && !(await isStolen(session, headers));
      return isGood ? toPrincipal(session) : nobody;
    },
    forgetSession: known.forget,
  };
}
