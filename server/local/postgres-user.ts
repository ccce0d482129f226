import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PlayheadError } from '#lib/playhead-error.ts';

const run = promisify(execFile);

/** How to start a program of PostgreSQL's: as ourselves, or as another user when we are root. */
export type PostgresUser = {
  readonly uid?: number;
  readonly gid?: number;
  /** The command line that runs `command` as that user. */
  readonly wrap: (command: string, args: readonly string[]) => { command: string; args: string[] };
  /** For `spawn`; nothing when `wrap` changes the user itself. */
  readonly spawnAs: { readonly uid?: number; readonly gid?: number };
};

const plain = (command: string, args: readonly string[]) => ({ command, args: [...args] });

/**
 * PostgreSQL refuses to run as root, so root runs it as the user `postgres`, who is created when
 * missing. Where that user may not pass (a clone under /root, or in a directory of mode 700),
 * util-linux's setpriv lets it pass and leaves it everything else of that user; the bank's own
 * files stay where the data directory is. Throws NOT_CONFIGURED when none of this is possible.
 */
export async function findPostgresUser(program: string, dataDir: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) {
    return { wrap: plain, spawnAs: {} };
  }
  const ids = (await getIds()) ?? (await createUser());
  if (await canUse({ ...ids, wrap: plain, spawnAs: ids }, program, dataDir)) {
    return { ...ids, wrap: plain, spawnAs: ids };
  }
  const privileged: PostgresUser = { ...ids, wrap: wrapWithSetpriv(ids), spawnAs: {} };
  if (await canUse(privileged, program, dataDir)) {
    return privileged;
  }
  throw new PlayheadError(
    'NOT_CONFIGURED',
    `PostgreSQL does not run as root, and the user postgres cannot reach ${dataDir} and ${program}. ` +
      'Move Playhead to a directory that other users may enter, start it as an ordinary user, ' +
      'or set DATABASE_URL to a PostgreSQL database that you run.',
  );
}

/** no_setuid_fixup: access(2), which PostgreSQL asks about its files, would forget the right else. */
function wrapWithSetpriv({ uid, gid }: { uid: number; gid: number }): PostgresUser['wrap'] {
  const options = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    '--securebits=+no_setuid_fixup',
  ];
  return (command, args) => ({ command: 'setpriv', args: [...options, '--', command, ...args] });
}

async function canUse(user: PostgresUser, program: string, dataDir: string): Promise<boolean> {
  const checks = [user.wrap(program, ['--version']), user.wrap('ls', [dataDir])];
  try {
    for (const { command, args } of checks) {
      await run(command, args, { cwd: '/', ...user.spawnAs });
    }
    return true;
  } catch {
    return false;
  }
}

async function getIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', 'postgres']),
      run('id', ['-g', 'postgres']),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  // Another start may be creating it at this moment, so what counts is whether it exists in the end.
  const problem = await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    .then(() => undefined)
    .catch((error: unknown) => error);
  const ids = await getIds();
  if (ids === undefined) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      'PostgreSQL does not run as root, and the user postgres could not be created. ' +
        'Start Playhead as an ordinary user, or set DATABASE_URL to a PostgreSQL that you run.',
      { cause: problem },
    );
  }
  return ids;
}
