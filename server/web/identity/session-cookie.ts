import { hashSecret, isSecret } from '#server/runtime/identity/secret.ts';
import { SESSION_MS } from '#server/runtime/identity/sessions.ts';
import { readCookies, toCookieAttributes } from './request-site.ts';

/**
 * The cookie of a session. A browser sends a host's cookies to every port of it: by its own port, two
 * Playheads of one machine do not sign each other out.
 */
export type SessionCookie = {
  /** The hash of the secret that a request brings; undefined without one. */
  readonly read: (headers: Headers) => string | undefined;
  /** The Set-Cookie field that signs in. `headers` are the request's. */
  readonly set: (headers: Headers, secret: string) => string;
  /** The Set-Cookie field that signs out. */
  readonly clear: (headers: Headers) => string;
};

/** The cookie of the web server on that port. */
export function createSessionCookie(port: number): SessionCookie {
  const name = `playhead_session_${port}`;
  return {
    read: (headers) => {
      const values = readCookies(headers, name);
      const [secret = ''] = values;
      return values.length === 1 && isSecret(secret) ? hashSecret(secret) : undefined;
    },
    set: (headers, secret) =>
      `${name}=${secret}; Max-Age=${SESSION_MS / 1_000}; ${toCookieAttributes(headers, '/')}`,
    clear: (headers) => `${name}=; Max-Age=0; ${toCookieAttributes(headers, '/')}`,
  };
}
