import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process of this machine; `startedAt` is an opaque mark that tells it from a later one. */
export type RunningProcess = {
  readonly pid: number;
  readonly startedAt: string;
  readonly command: string;
};

/**
 * The process that has this id now, or undefined. A process id is used again after its process died,
 * so only `pid` and `startedAt` together name a process.
 */
export async function getProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? getLinuxProcess(pid) : getUnixProcess(pid);
}

/** Whether the process of a record is still the one that runs. */
export async function isRunning(record: { pid: number; startedAt: string }): Promise<boolean> {
  return (await getProcess(record.pid))?.startedAt === record.startedAt;
}

async function getLinuxProcess(pid: number): Promise<RunningProcess | undefined> {
  try {
    const [stat, command, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // "pid (name) state …": the name may hold blanks and brackets, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    const isDead = state === 'Z' || state === 'X';
    return isDead || startTicks === undefined
      ? undefined
      : { pid, startedAt: `${boot.trim()}:${startTicks}`, command: command.replaceAll('\0', ' ') };
  } catch {
    return undefined;
  }
}

async function getUnixProcess(pid: number): Promise<RunningProcess | undefined> {
  try {
    const { stdout } = await run('ps', ['-p', `${pid}`, '-o', 'stat=,lstart=,command=']);
    const match = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/s.exec(stdout.trim());
    const [, state, startedAt, command] = match ?? [];
    return startedAt === undefined || command === undefined || state?.startsWith('Z')
      ? undefined
      : { pid, startedAt, command };
  } catch {
    return undefined;
  }
}
