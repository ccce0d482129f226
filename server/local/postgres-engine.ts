import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import type { ServingRoles } from '#server/runtime/platform/grant-roles.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { startChild } from './child.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findPostgresUser, type PostgresUser } from './postgres-user.ts';
import { getProcess } from './process-table.ts';
import { startOnFreePort } from './start-on-free-port.ts';

const run = promisify(execFile);

/** Who may connect: over the loopback, with a password. */
const ACCESS = 'host all all 127.0.0.1/32 scram-sha-256\n';

/** Roles of few rights, for the two processes that serve; their passwords are kept as the other one. */
const SERVING_ROLES: ServingRoles = { web: 'playhead_web', worker: 'playhead_worker' };

/** Where each of them finds the database. */
export type ServingUrls = ServingRoles;

/** The superuser of the embedded cluster, and the database that Playhead keeps in it. */
const NAME = 'playhead';

/** One that starts lets connections in and says nothing on them. */
const START_TIMEOUT_MS = 2_000;

/**
 * Starts the embedded PostgreSQL on the loopback; the first time it creates the cluster and the
 * database. `isDisposable` trades safety against a power cut for speed: for tests. The password is
 * random and lies in the data directory, readable by its owner only.
 */
export async function startPostgresEngine(
  options: EngineOptions & { readonly isDisposable?: boolean },
): Promise<Engine & { readonly databaseUrl: string; readonly servingUrls: ServingUrls }> {
  const { dataDir } = options;
  const cluster = join(dataDir, 'postgres');
  const logFile = join(dataDir, 'logs', 'postgres.log');
  await mkdir(dataDir, { recursive: true });
  const binaries = await findPostgresBinaries();
  const user = await findPostgresUser(binaries.initdb, dataDir);
  const password = await getPassword(join(dataDir, 'postgres-password'));
  const roles = await Promise.all(
    Object.values(SERVING_ROLES).map(async (role) => ({
      role,
      password: await getPassword(join(dataDir, `${role}-password`)),
    })),
  );
  if (!existsSync(cluster)) {
    await createCluster(binaries.initdb, user, cluster, password);
  }
  await requirePasswords(cluster);
  await removeStaleLock(cluster);
  const { child, port } = await startOnFreePort(
    { title: 'The embedded PostgreSQL', logFile, port: options.port },
    (free) =>
      startChild({
        name: 'postgres',
        ...user.wrap(binaries.postgres, ['-D', cluster, ...flags(free, options.isDisposable)]),
        ...user.spawnAs,
        cwd: '/',
        logFile,
        dataDir,
      }),
    (free) => acceptsConnections(toUrl(free, NAME, password, 'postgres')),
  );
  await createDatabase(toUrl(port, NAME, password, 'postgres'), roles);
  const [web, worker] = roles.map(({ role, password: own }) => toUrl(port, role, own, NAME));
  return {
    pid: child.pid,
    port,
    databaseUrl: toUrl(port, NAME, password, NAME),
    servingUrls: { web: web ?? '', worker: worker ?? '' },
    exited: child.exited,
    stop: async () => {
      // SIGINT is PostgreSQL's "fast" shutdown: it ends the sessions, and writes everything down.
      await child.stop({ signal: 'SIGINT' });
    },
  };
}

function toUrl(port: number, role: string, password: string, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

function flags(port: number, isDisposable = false): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    ...(isDisposable ? ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'] : []),
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

async function getPassword(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') {
    return kept;
  }
  const password = randomBytes(24).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Built beside its place and moved there, so that a start that is cut off leaves no half of one. */
async function createCluster(
  initdb: string,
  user: PostgresUser,
  cluster: string,
  password: string,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${unfinished}-password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const { command, args } = user.wrap(initdb, [
    `--pgdata=${unfinished}`,
    `--username=${NAME}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  try {
    await run(command, args, { cwd: '/', ...user.spawnAs });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, cluster);
}

/**
 * A PostgreSQL that was killed leaves its pid behind, and refuses to start while any process has
 * that number. Whatever of ours was still running has been stopped before (`stopOrphans`), so only
 * a process that works on this very cluster keeps the file.
 */
async function removeStaleLock(cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  const owner = Number.isInteger(pid) && pid > 0 ? await getProcess(pid) : undefined;
  if (!owner?.command.includes(cluster)) {
    await rm(lock, { force: true });
  }
}

/** No user of this machine gets in without a password, whatever an earlier version allowed. */
async function requirePasswords(cluster: string): Promise<void> {
  const file = join(cluster, 'pg_hba.conf');
  if ((await readFile(file, 'utf8').catch(() => '')) !== ACCESS) {
    await writeFile(file, ACCESS);
  }
}

async function acceptsConnections(url: string): Promise<boolean> {
  const { db, close } = connect(url);
  try {
    await db.execute(sql`SELECT 1`);
    return true;
  } catch {
    return false;
  } finally {
    await close();
  }
}

/** Each password is hexadecimal, so that it needs no quoting. */
async function createDatabase(
  url: string,
  roles: readonly { readonly role: string; readonly password: string }[],
): Promise<void> {
  const { db, close } = connect(url);
  try {
    const found = await db.execute(sql`SELECT FROM pg_database WHERE datname = ${NAME}`);
    if (found.length === 0) {
      await db.execute(sql`CREATE DATABASE ${sql.identifier(NAME)}`);
    }
    for (const { role, password } of roles) {
      const held = await db.execute(sql`SELECT FROM pg_roles WHERE rolname = ${role}`);
      const change = held.length === 0 ? 'CREATE' : 'ALTER';
      await db.execute(sql.raw(`${change} ROLE ${role} LOGIN PASSWORD '${password}'`));
    }
  } finally {
    await close();
  }
}

function connect(url: string) {
  return createPostgres(
    { DATABASE_URL: url },
    { application: 'playhead-start', max: 1, timeoutMs: START_TIMEOUT_MS },
  );
}
