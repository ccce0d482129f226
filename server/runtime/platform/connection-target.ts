import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

/** Where a PostgreSQL is, and who connects to it. */
export type ConnectionTarget = {
  /** A host's name or address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /** Command line options for the session, as libpq's `options`. */
  readonly options: string | undefined;
  /** Undefined for a connection in the clear. */
  readonly tls: ConnectionOptions | undefined;
};

/**
 * Reads a `postgres://` URL. TLS is asked for by `sslmode` or one of the certificate files: it then
 * verifies the server's certificate and name, unless `sslmode` is `no-verify`. Throws when a
 * certificate's file cannot be read.
 */
export function toConnectionTarget(databaseUrl: string): ConnectionTarget {
  const url = new URL(databaseUrl);
  const setting = (name: string) => url.searchParams.get(name) || undefined;
  return {
    host: setting('host') ?? (url.hostname.replace(/^\[(.+)\]$/, '$1') || 'localhost'),
    port: Number(url.port || setting('port') || 5432),
    user: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)) || undefined,
    options: setting('options'),
    tls: toTls(setting),
  };
}

function toTls(setting: (name: string) => string | undefined): ConnectionOptions | undefined {
  const mode = setting('sslmode');
  const files = { ca: setting('sslrootcert'), cert: setting('sslcert'), key: setting('sslkey') };
  const isAskedFor = mode ?? files.ca ?? files.cert ?? files.key;
  if (mode === 'disable' || isAskedFor === undefined) {
    return undefined;
  }
  const given = Object.entries(files).flatMap(([name, file]) =>
    file === undefined ? [] : [[name, readFileSync(file)]],
  );
  return { ...Object.fromEntries(given), rejectUnauthorized: mode !== 'no-verify' };
}
