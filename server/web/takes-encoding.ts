import type { IncomingMessage } from 'node:http';

/** Whether the header Accept-Encoding names an encoding, and not as refused ("br;q=0"). */
export function takesEncoding(
  accepted: IncomingMessage['headers']['accept-encoding'],
  name: 'br' | 'gzip',
): boolean {
  const parts = String(accepted ?? '')
    .split(',')
    .map((part) => part.replaceAll(' ', ''));
  return parts.some(
    (part) =>
      part === name || (part.startsWith(`${name};q=`) && Number(part.slice(name.length + 3)) > 0),
  );
}
