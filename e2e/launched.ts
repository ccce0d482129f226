import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';

/** A second Playhead beside the one of the run, with a data directory of its own. */
export type Place = {
  readonly port: number;
  readonly dataDir: string;
  /** Is in the environment of every process that belongs to it: "NAME=value". */
  readonly mark: string;
  /** What is different there from the environment of the run. */
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
};

/** A run of the launcher's command line. */
export type Launched = {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | string | null>;
};

/** A free port and an empty data directory. */
export async function createPlace(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'playhead-launcher-'));
  const port = await getPort({ host: '127.0.0.1' });
  return {
    port,
    dataDir,
    mark: `E2E_PLACE=${dataDir}`,
    env: {
      E2E_PLACE: dataDir,
      PORT: `${port}`,
      PLAYHEAD_DATA_DIR: dataDir,
      DYNAMODB_ENDPOINT: '',
      DATABASE_URL: '',
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** Runs `npm run <args>` there. */
export function runThere(place: Place, ...args: string[]): Launched {
  const child = spawn('npm', ['run', '-s', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...place.env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  return { process: child, output: () => output, exited };
}
