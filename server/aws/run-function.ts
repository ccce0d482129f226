import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { FunctionName } from './bundle-functions.ts';

const outcomeSchema = z.object({
  answer: z.unknown(),
  /** From the beginning of the process until its first event is handled. */
  coldMs: z.number(),
  /** The processor's share of that. */
  cpuMs: z.number(),
  /** For the same event once more. */
  warmMs: z.number(),
});

export type FunctionOutcome = z.infer<typeof outcomeSchema>;

/** A process of its own, as Lambda starts one: Node, the bundle, one event after the other. */
const PROGRAM = `
const [file, event] = process.argv.slice(1);
const { handler } = await import(file);
const answer = await handler(JSON.parse(event));
const coldMs = performance.now();
const { user, system } = process.cpuUsage();
const cpuMs = (user + system) / 1_000;
await handler(JSON.parse(event));
const warmMs = performance.now() - coldMs;
process.stdout.write(JSON.stringify({ answer: answer ?? null, coldMs, cpuMs, warmMs }), () => process.exit(0));
`;

const QUIET = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
} as const;

/**
 * Starts a bundled function below `directory` with these settings and nothing else of this process, lets
 * it handle an event twice, and answers what it first answered. Throws when the function throws.
 */
export async function runFunction(
  directory: string,
  name: FunctionName,
  event: unknown,
  env: Readonly<Record<string, string>>,
): Promise<FunctionOutcome> {
  const file = pathToFileURL(join(directory, name, 'index.mjs')).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, file, JSON.stringify(event)],
    { env: { ...QUIET, ...env }, maxBuffer: 64_000_000 },
  );
  return outcomeSchema.parse(JSON.parse(stdout));
}
