import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { countOf } from '#lib/count-format.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Report } from '#server/runtime/platform/report.ts';
import { startChild } from './child.ts';
import { getRunningChildren } from './child-records.ts';
import { drawLoopbackAddress } from './draw-loopback-address.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { startOnFreePort } from './start-on-free-port.ts';
import { prepareStreamRecords } from './stream-records.ts';

const NAME = 'dynamodb';

/**
 * Starts the embedded DynamoDB on the loopback. It answers web pages of any origin and checks no
 * signature, so what keeps them out is that its address and port cannot be guessed; `host` is the
 * address that it had before. Throws NOT_CONFIGURED on a platform it is not made for.
 */
export async function startDynamoEngine(
  options: EngineOptions & { readonly host?: string; readonly report?: Report },
): Promise<Engine & { readonly host: string; readonly endpoint: string }> {
  const command = findBinary();
  const directory = join(options.dataDir, 'dynamodb');
  const file = join(directory, 'data.sqlite');
  const logFile = join(options.dataDir, 'logs', 'dynamodb.log');
  await mkdir(directory, { recursive: true });
  await prepare(options.dataDir, file, options.report ?? (() => {}));
  const host = options.host ?? (await drawLoopbackAddress());
  const { child, port } = await startOnFreePort(
    { title: 'The embedded DynamoDB', logFile, host, port: options.port },
    (free) =>
      startChild({
        name: NAME,
        command,
        args: ['serve', '--host', host, '--port', `${free}`, '--db-path', file],
        logFile,
        dataDir: options.dataDir,
      }),
    (free) => answers(toEndpoint(host, free)),
  );
  return {
    pid: child.pid,
    host,
    port,
    endpoint: toEndpoint(host, port),
    exited: child.exited,
    stop: async () => {
      await child.stop();
    },
  };
}

/**
 * Looks after the stream's records before the engine opens the file. In a file that has served before,
 * what goes wrong with that is told, and keeps nothing from starting.
 */
async function prepare(dataDir: string, file: string, report: Report): Promise<void> {
  if (!existsSync(file)) {
    await prepareStreamRecords(file);
    return;
  }
  // SQLite's locks do not hold between these two builds of it.
  if ((await getRunningChildren(dataDir)).some(({ name }) => name === NAME)) {
    return;
  }
  try {
    const trimmed = await prepareStreamRecords(file);
    if (trimmed > 0) {
      report(`DynamoDB: ${countOf(trimmed, 'stream record')} of more than a day ago trimmed`);
    }
  } catch (error) {
    report(`DynamoDB: its stream could not be looked after: ${String(error)}`);
  }
}

function toEndpoint(host: string, port: number): string {
  return `http://${host}:${port}`;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

function findBinary(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch (cause) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `No embedded DynamoDB comes with Playhead for ${process.platform}-${process.arch}. ` +
        'Set DYNAMODB_ENDPOINT to a DynamoDB that you run (DynamoDB Local and LocalStack will do), ' +
        'or set AWS credentials and AWS_REGION to use DynamoDB on AWS.',
      { cause },
    );
  }
}
