import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';

/** Which hosts a server answers for. */
export type ServedHosts = {
  /** The port that it listens on. */
  readonly port: number;
  /** Further values of the Host header, in lower case: `PLAYHEAD_HOSTS`. */
  readonly hosts: readonly string[];
};

/** Why a request gets no answer but this. */
export type Refusal = {
  readonly status: 400 | 403 | 421;
  readonly code: 'INVALID_INPUT' | 'CROSS_SITE_REQUEST' | 'HOST_NOT_SERVED';
  readonly message: string;
};

type Asked = Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'method' | 'url'>;

const HOST_NOT_SERVED: Refusal = {
  status: 421,
  code: 'HOST_NOT_SERVED',
  message:
    'This host is not served here. Use the address that the start printed, or list the host in PLAYHEAD_HOSTS.',
};
const CROSS_SITE_REQUEST: Refusal = {
  status: 403,
  code: 'CROSS_SITE_REQUEST',
  message: 'A page of another origin asked for this. Open the console in a tab of its own.',
};
const INVALID_TARGET: Refusal = {
  status: 400,
  code: 'INVALID_INPUT',
  message: 'This address is not one that a browser writes: check its percent signs.',
};

/**
 * Why a request must not be answered, or undefined when it may be. A web page can reach a loopback
 * server by a name of its own that resolves to 127.0.0.1, and can send requests to the loopback's
 * address itself; its browser tells both, in Host, Origin and Sec-Fetch-Site. A program that is no
 * browser sends neither of the latter two.
 */
export function findRefusal(request: Asked, served: ServedHosts): Refusal | undefined {
  const host = toServedHost(request.headersDistinct.host, served);
  if (host === undefined) {
    return HOST_NOT_SERVED;
  }
  if (!isOwnOrigin(request.headers.origin, host) || !isOwnSite(request)) {
    return CROSS_SITE_REQUEST;
  }
  return isWellFormed(request.url ?? '') ? undefined : INVALID_TARGET;
}

/** The one Host that the request names, in lower case, when it is served. */
function toServedHost(
  named: readonly string[] = [],
  { port, hosts }: ServedHosts,
): string | undefined {
  const host = named.length === 1 ? named[0]?.toLowerCase() : undefined;
  if (host === undefined) {
    return undefined;
  }
  const [, name = '', digits = '80'] = /^(\[::1\]|[a-z0-9.]+)(?::(\d{1,5}))?$/.exec(host) ?? [];
  const isLoopback =
    name === 'localhost' || name === '[::1]' || (/^127\./.test(name) && isIPv4(name));
  return (isLoopback && Number(digits) === port) || hosts.includes(host) ? host : undefined;
}

/** An absent Origin is that of a navigation or of a program; "null" is nobody's own. */
function isOwnOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined) {
    return true;
  }
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}`).host;
}

/**
 * Other sites may link to a page, and so may pages of other ports, which count as the same site; the
 * API, the live stream and server actions are asked by our own pages only.
 */
function isOwnSite({ headers, method, url }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') {
    return true;
  }
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    !/^\/+api(\/|$)/i.test(url ?? '')
  );
}

/** A path as servers are asked for it (a whole URL is for proxies) that can be decoded. */
function isWellFormed(url: string): boolean {
  if (!url.startsWith('/')) {
    return false;
  }
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
