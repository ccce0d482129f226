import { openInstance } from '#server/local/open-instance.ts';
import { MODULES } from '#server/modules/index.ts';
import type { OpsDeps } from '#server/runtime/ops/ops-command.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createOpsContext } from './context.ts';
import { runOps } from './run-ops.ts';

const { stdout, stderr, argv, env } = process;
const EXIT_INTERRUPTED = 130;

// Standard error is for failures; which Node this runs on was decided in package.json.
env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interruption = new AbortController();
let interrupted = false;

// Ctrl-C ends the work in order; a second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted = true;
    interruption.abort();
  });
}
// Whoever reads the output may have seen enough, as `head` does: that is no failure.
for (const stream of [stdout, stderr]) {
  stream.on('error', () => interruption.abort());
}

const registry = createRegistry(MODULES);
const deps: OpsDeps = {
  streams: { out: stdout, err: stderr },
  openContext: async (dataDir, options) => {
    const source = dataDir === undefined ? env : { ...env, PLAYHEAD_DATA_DIR: dataDir };
    return createOpsContext(
      await openInstance(source, () => {}, { registry, ...options }),
      registry,
    );
  },
  signal: interruption.signal,
};
const exitCode = await runOps(argv.slice(2), deps, registry);
process.exitCode = interrupted ? EXIT_INTERRUPTED : exitCode;
