import { hashSecret, isSecret } from '#server/runtime/identity/secret.ts';
import { SESSION_MS } from '#server/runtime/identity/sessions.ts';

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

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/i;

/** The cookie of the web server on that port. */
export function createSessionCookie(port: number): SessionCookie {
  const name = `playhead_session_${port}`;
  // Beyond the loopback there is a proxy with TLS in front, which tells nothing that could be believed.
  const attributes = (headers: Headers) =>
    `Path=/; HttpOnly; SameSite=Lax${isSecure(headers) ? '; Secure' : ''}`;
  return {
    read: (headers) => {
      const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
      const values = pairs.filter((pair) => pair.startsWith(`${name}=`));
      const secret = values[0]?.slice(name.length + 1) ?? '';
      return values.length === 1 && isSecret(secret) ? hashSecret(secret) : undefined;
    },
    set: (headers, secret) =>
      `${name}=${secret}; Max-Age=${SESSION_MS / 1_000}; ${attributes(headers)}`,
    clear: (headers) => `${name}=; Max-Age=0; ${attributes(headers)}`,
  };
}

/** Whether the browser reached the server by TLS, as one must beyond the loopback. */
export function isSecure(headers: Headers): boolean {
  return !LOOPBACK.test(headers.get('host') ?? '');
}
