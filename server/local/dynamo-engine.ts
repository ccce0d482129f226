import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { startChild } from './child.ts';
import { drawLoopbackAddress } from './draw-loopback-address.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { startOnFreePort } from './start-on-free-port.ts';

/**
 * The engine reads its whole table of stream records on every write and on every poll; with these
 * two indexes it reads what it needs, and stays as fast with its 100,000th event as with its first.
 * They must be there before the engine opens the file.
 */
const STREAM_TABLE = `
  CREATE TABLE IF NOT EXISTS _stream_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, event_name TEXT NOT NULL,
    keys_json TEXT NOT NULL, new_image TEXT, old_image TEXT, sequence_number TEXT NOT NULL,
    shard_id TEXT NOT NULL, created_at INTEGER NOT NULL, user_identity TEXT);
  CREATE INDEX IF NOT EXISTS playhead_stream_sequence
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS playhead_stream_shard
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));`;

/**
 * Starts the embedded DynamoDB on the loopback. It answers web pages of any origin and checks no
 * signature, so what keeps them out is that its address and port cannot be guessed; `host` is the
 * address that it had before. Throws NOT_CONFIGURED on a platform it is not made for.
 */
export async function startDynamoEngine(
  options: EngineOptions & { readonly host?: string },
): Promise<Engine & { readonly host: string; readonly endpoint: string }> {
  const command = findBinary();
  const directory = join(options.dataDir, 'dynamodb');
  const file = join(directory, 'data.sqlite');
  const logFile = join(options.dataDir, 'logs', 'dynamodb.log');
  await mkdir(directory, { recursive: true });
  if (!existsSync(file)) {
    createDatabaseFile(file);
  }
  const host = options.host ?? (await drawLoopbackAddress());
  const { child, port } = await startOnFreePort(
    { title: 'The embedded DynamoDB', logFile, host, port: options.port },
    (free) =>
      startChild({
        name: 'dynamodb',
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

function createDatabaseFile(file: string): void {
  const database = new sqlite.Database(file);
  try {
    database.exec(STREAM_TABLE);
  } finally {
    database.close();
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
