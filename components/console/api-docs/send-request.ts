import type { EndpointDoc } from '#lib/contracts/api-docs.ts';

/** Fields of an answer's header that say something about it. */
const SHOWN = ['etag', 'location', 'link', 'ratelimit-remaining', 'retry-after', 'allow'];

/** What came back, or why nothing did. */
export type Received =
  | {
      readonly status: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: unknown;
    }
  | { readonly problem: string };

/** Fills the address, with what the query asks for beyond nothing. */
export function toAddress(
  { path, parts, query }: Pick<EndpointDoc, 'path' | 'parts' | 'query'>,
  fields: Readonly<Record<string, string>>,
): string {
  const filled = parts.reduce(
    (address, name) => address.replace(`{${name}}`, encodeURIComponent(fields[name] ?? '')),
    path,
  );
  const asked = query.flatMap((name) => (fields[name] ? [[name, fields[name]]] : []));
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked)}`;
}

/** Sends a request by a token alone, as a program does: without the browser's cookies. */
export async function sendRequest(
  method: EndpointDoc['method'],
  address: string,
  { token, body }: { readonly token: string; readonly body: string | null },
): Promise<Received> {
  try {
    const response = await fetch(address, {
      method,
      credentials: 'omit',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body !== null && { 'Content-Type': 'application/json' }),
      },
      ...(body !== null && { body }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return {
      status: `${response.status} ${response.statusText}`,
      headers: SHOWN.flatMap((name) => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      }),
      body: toJson(text),
    };
  } catch {
    return { problem: 'There was no answer that ended: is the web server running?' };
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
