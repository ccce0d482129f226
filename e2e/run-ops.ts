import { openInstance } from '#server/local/open-instance.ts';
import { MODULES } from '#server/modules/index.ts';
import { createOpsContext } from '#server/ops/context.ts';
import { runOps as runOpsLine } from '#server/ops/run-ops.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { captureStreams } from '#server/testing/capture-streams.ts';

const registry = createRegistry(MODULES);

/** The Playhead of the run. */
const RUN = {
  PORT: process.env.E2E_PORT,
  PLAYHEAD_DATA_DIR: process.env.E2E_DATA_DIR,
  DYNAMODB_ENDPOINT: '',
  DATABASE_URL: '',
  TABLE_PREFIX: '',
};

/**
 * Runs a command of the command line, in this process: the start of one of its own would be most of a
 * test's time. Answers with what it wrote to standard output. Throws when it fails.
 */
export async function runOps(...args: string[]): Promise<string> {
  const { code, out, err } = await runOpsAt(RUN, ...args);
  if (code !== 0) {
    throw new Error(`ops ${args.join(' ')} ended with ${code}: ${err}`);
  }
  return out;
}

/** The same on the Playhead that the settings name; whatever comes of it. */
export async function runOpsAt(
  settings: Readonly<Record<string, string | undefined>>,
  ...args: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { streams, texts } = captureStreams();
  const source = { ...process.env, ...settings };
  const deps = {
    streams,
    openContext: async (_dataDir: string | undefined, options: { readonly mayBegin: boolean }) =>
      createOpsContext(await openInstance(source, () => {}, { registry, ...options }), registry),
    signal: new AbortController().signal,
  };
  return { code: await runOpsLine(args, deps, registry), ...texts };
}
