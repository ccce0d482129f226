import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ADDRESS_HEADER, PATH_HEADER } from './identity/request-origin.ts';

/** What a client says about hops before it, or about what we are to tell Next: never believed. */
const NOT_BELIEVED =
  /^(forwarded|x-forwarded-.*|x-real-ip|x-nonce|x-playhead-.*|content-security-policy(-report-only)?)$/;

/**
 * Sets the headers that every answer has. Scripts run by a nonce that is new with every request;
 * Next reads it from the request's own policy header, our layout from `x-nonce`. The request learns where
 * it came from (request-origin.ts).
 */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { isDevelopment }: { readonly isDevelopment: boolean },
): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = toContentSecurityPolicy(nonce, isDevelopment);
  for (const name of Object.keys(request.headers)) {
    if (NOT_BELIEVED.test(name)) {
      delete request.headers[name];
    }
  }
  request.headers['x-nonce'] = nonce;
  request.headers[ADDRESS_HEADER] = request.socket.remoteAddress ?? 'unknown';
  request.headers[PATH_HEADER] = request.url ?? '/';
  request.headers['content-security-policy'] = policy;
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
}

/**
 * Nothing comes from another origin. Mantine and the charts write style attributes, which no nonce
 * can allow. React's development build needs eval, and hot reload a socket.
 */
function toContentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
