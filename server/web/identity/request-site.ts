const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/i;

/** Whether the browser reached the server by TLS, as one must beyond the loopback. */
export function isSecure(headers: Headers): boolean {
  return !LOOPBACK.test(headers.get('host') ?? '');
}

/** The site that a browser is on: the origin in its address, and the name in that. */
export function toSite(headers: Headers): { readonly origin: string; readonly hostname: string } {
  const { origin, hostname } = new URL(
    `${isSecure(headers) ? 'https' : 'http'}://${headers.get('host')}`,
  );
  return { origin, hostname };
}

/** The values that a request's cookies have under a name: none, one, or what somebody has forged. */
export function readCookies(headers: Headers, name: string): string[] {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.flatMap((pair) =>
    pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : [],
  );
}

/** The attributes of a cookie for a path, which no script and no other site's page can use. */
export function toCookieAttributes(headers: Headers, path: string): string {
  // Beyond the loopback there is a proxy with TLS in front, which tells nothing that could be believed.
  return `Path=${path}; HttpOnly; SameSite=Lax${isSecure(headers) ? '; Secure' : ''}`;
}
