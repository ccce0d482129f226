/** Set by the web server itself (security-headers.ts): what a client sends under this name is removed. */
export const ADDRESS_HEADER = 'x-playhead-address';

/** The path and search that a page was asked for by; set in the same way. */
export const PATH_HEADER = 'x-playhead-path';

const MAX_AGENT_LENGTH = 300;

/** The address that a request came from, as the web server saw it: a proxy's, where there is one. */
export function toAddress(headers: Headers): string {
  return headers.get(ADDRESS_HEADER) ?? 'unknown';
}

/** What the client calls itself. */
export function toUserAgent(headers: Headers): string {
  return (headers.get('user-agent') ?? '').slice(0, MAX_AGENT_LENGTH);
}
