import type { ApiOperations } from './api-operations.ts';

/** An operation of the API: `GET /accounts/{accountId}`. */
export type OperationName = keyof ApiOperations;

/** What is sent: parts of the path, parameters, a body, and fields of the header such as Idempotency-Key. */
export type ApiRequest<Name extends OperationName> = {
  readonly path?: ApiOperations[Name]['path'];
  readonly query?: Partial<ApiOperations[Name]['query']>;
  readonly body?: ApiOperations[Name]['body'];
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer by its status: what the document says of one that was carried out, else a problem (RFC 9457). */
export type ApiAnswer<Name extends OperationName> =
  | { readonly ok: true; readonly status: number; readonly answer: ApiOperations[Name]['answer'] }
  | {
      readonly ok: false;
      readonly status: number;
      readonly problem: { readonly code: string; readonly detail: string; readonly field?: string };
    };

/** Asks the API. The types are the document's: an answer is taken as what the server has promised. */
export type ApiClient = <Name extends OperationName>(
  name: Name,
  request?: ApiRequest<Name>,
) => Promise<ApiAnswer<Name>>;

/** Creates a client of the API at an origin (`http://127.0.0.1:3000`), which asks by a token's secret. */
export function createApiClient(origin: string, token: string): ApiClient {
  return async (name, { path = {}, query = {}, body, headers = {} } = {}) => {
    const [method = '', pattern = ''] = name.split(' ');
    const parts = new Map(Object.entries(path).map(([part, value]) => [part, `${value}`]));
    const filled = pattern.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(parts.get(part) ?? ''),
    );
    const asked = Object.entries(query).flatMap(([parameter, value]) =>
      [value].flat().flatMap((each) => (each === undefined ? [] : [[parameter, `${each}`]])),
    );
    const response = await fetch(`${origin}/api/v1${filled}?${new URLSearchParams(asked)}`, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, ok } = response;
    const said = await response.json();
    return ok ? { ok, status, answer: said } : { ok, status, problem: said };
  };
}
