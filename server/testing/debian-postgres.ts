import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import getPort from 'get-port';
import postgres from 'postgres';
import { findPostgresUser, type PostgresUser } from '#server/local/postgres-user.ts';

const run = promisify(execFile);

const BINARIES = '/usr/lib/postgresql';
const PGBOUNCER = '/usr/sbin/pgbouncer';

/** PostgreSQL as Debian ships it, of another major version, and PgBouncer before it. */
export type DebianPostgres = {
  /** The superuser's database. */
  readonly url: string;
  /** The same through PgBouncer, which gives connections out by transaction. */
  readonly pooledUrl: string;
  readonly close: () => Promise<void>;
};

/** Undefined, with the reason on standard error, where the programs are not installed. */
export async function findDebianPostgres(): Promise<string | undefined> {
  const versions = await readdir(BINARIES).catch(() => []);
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  const directory = join(BINARIES, String(newest), 'bin');
  if (!existsSync(join(directory, 'initdb')) || !existsSync(PGBOUNCER)) {
    console.error(
      'Skipped: Debian’s postgresql and pgbouncer are not installed, and other versions, collations ' +
        'and poolers stay untested.',
    );
    return undefined;
  }
  return directory;
}

/**
 * Starts a cluster with a German collation in a temporary directory, as a user who is not root, and
 * PgBouncer with at most two connections to it.
 */
export async function startDebianPostgres(binaries: string): Promise<DebianPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'playhead-debian-'));
  const user = await findPostgresUser(join(binaries, 'initdb'), directory);
  await own(directory, user);
  const cluster = join(directory, 'cluster');
  const initdb = user.wrap(join(binaries, 'initdb'), [
    `--pgdata=${cluster}`,
    '--username=admin',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=icu',
    '--icu-locale=de-DE',
  ]);
  await run(initdb.command, initdb.args, { cwd: '/', ...user.spawnAs });
  const [port, pooledPort] = [await getPort(), await getPort()];
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = start(user, join(binaries, 'postgres'), [
    ...['-D', cluster, '-p', String(port)],
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  const config = join(directory, 'pgbouncer.ini');
  await writeFile(
    config,
    [
      '[databases]',
      `* = host=127.0.0.1 port=${port} user=admin`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1\nlisten_port = ${pooledPort}\nunix_socket_dir =`,
      'auth_type = any\npool_mode = transaction\ndefault_pool_size = 2',
    ].join('\n'),
  );
  const pooler = start(user, PGBOUNCER, [config]);
  const url = `postgres://admin@127.0.0.1:${port}/postgres`;
  const pooledUrl = `postgres://admin@127.0.0.1:${pooledPort}/postgres`;
  await answers(url);
  return {
    url,
    pooledUrl,
    close: async () => {
      for (const [child, signal] of [
        [pooler, 'SIGTERM'],
        [server, 'SIGINT'],
      ] as const) {
        child.kill(signal);
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function own(path: string, { uid, gid }: PostgresUser) {
  if (uid !== undefined && gid !== undefined) {
    await chown(path, uid, gid);
  }
}

function start(user: PostgresUser, program: string, args: readonly string[]) {
  const { command, args: wrapped } = user.wrap(program, args);
  return spawn(command, wrapped, { cwd: '/', stdio: 'ignore', ...user.spawnAs });
}

async function answers(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
    try {
      await sql`SELECT 1`;
      return;
    } catch (error) {
      if (attempt === 100) {
        throw error;
      }
      await sleep(100);
    } finally {
      await sql.end();
    }
  }
}
