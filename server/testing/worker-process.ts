import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';

export type WorkerProcess = {
  readonly child: ChildProcess;
  /** What it has logged so far. */
  readonly log: () => string;
  /** Ends it by a signal; answers its exit code, null when the signal itself ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

/** Starts the worker as the launcher does, as a process of its own with an IPC channel. */
export function spawnWorker({
  dynamo,
  dynamodbEndpoint,
  databaseUrl,
  busEndpoint,
  queues,
}: {
  readonly dynamo: Dynamo;
  readonly dynamodbEndpoint: string;
  readonly databaseUrl: string;
  readonly busEndpoint?: string;
  /** As PLAYHEAD_QUEUES has them. */
  readonly queues?: string;
}): WorkerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/worker/main.ts'], {
    env: {
      PATH: process.env.PATH,
      DYNAMODB_ENDPOINT: dynamodbEndpoint,
      DATABASE_URL: databaseUrl,
      ...(busEndpoint !== undefined && { PLAYHEAD_BUS_ENDPOINT: busEndpoint }),
      ...(queues !== undefined && { PLAYHEAD_QUEUES: queues }),
      TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
      STREAM_POLL_INTERVAL_MS: '20',
      LOG_LEVEL: 'info',
      NODE_ENV: 'test',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stdout?.on('data', (data) => {
    log += data;
  });
  child.stderr?.on('data', (data) => {
    log += data;
  });
  const exited = once(child, 'exit');
  return {
    child,
    log: () => log,
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
      }
      await exited;
      return child.exitCode;
    },
  };
}
