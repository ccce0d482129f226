import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { toEngineEnvironment } from './child-environment.ts';
import { forgetChild, recordChild } from './child-records.ts';

export type ChildExit = { readonly code: number | null; readonly signal: string | null };

/** A process that belongs to a data directory. */
export type Child = {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<ChildExit>;
  readonly hasExited: () => boolean;
  /** Asks it to end, and ends it by force when it has not after `timeoutMs`. */
  readonly stop: (options?: { signal?: NodeJS.Signals; timeoutMs?: number }) => Promise<ChildExit>;
};

export type ChildSpec = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Without one the process gets what any program needs, and no setting of Playhead's. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly logFile: string;
  /** The data directory that keeps the record of the process. */
  readonly dataDir: string;
  readonly uid?: number;
  readonly gid?: number;
  /** A channel to the launcher, by which the process notices that the launcher is gone. */
  readonly ipc?: boolean;
};

/**
 * Starts a process in a group of its own: a Ctrl-C in the terminal reaches only the launcher, which
 * then stops its children in order. Its output is appended to the log file, which only its owner can
 * read. The record in the data directory lets the next start find it, should the launcher die without a
 * word; a process that cannot be recorded is ended again, and the error is thrown.
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  mkdirSync(dirname(spec.logFile), { recursive: true, mode: 0o700 });
  const log = openSync(spec.logFile, 'a', 0o600);
  // An earlier version made it readable for everybody.
  chmodSync(spec.logFile, 0o600);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env ?? toEngineEnvironment(process.env),
    uid: spec.uid,
    gid: spec.gid,
    detached: true,
    stdio: ['ignore', log, log, ...(spec.ipc ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const pid = await spawned(child);
  try {
    await recordChild(spec.dataDir, spec.name, pid);
  } catch (error) {
    killGroup(pid);
    await exited;
    throw error;
  }
  const forgotten = exited.then(() => forgetChild(spec.dataDir, spec.name, pid));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    name: spec.name,
    pid,
    exited,
    hasExited,
    stop: async ({ signal = 'SIGTERM', timeoutMs = 5_000 } = {}) => {
      child.kill(signal);
      const force = setTimeout(() => killGroup(pid), timeoutMs);
      const exit = await exited;
      clearTimeout(force);
      // What it started itself and left behind.
      killGroup(pid);
      await forgotten;
      return exit;
    },
  };
}

/** Ends a process and everything in its group, at once. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is empty: that is what was wanted.
  }
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) {
        reject(new Error('The process has no id.'));
      } else {
        resolve(child.pid);
      }
    });
  });
}
