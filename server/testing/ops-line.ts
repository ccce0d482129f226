import { runOps } from '#server/ops/run-ops.ts';
import type { OpsDeps } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import type { TestBank } from './bank.ts';
import { captureStreams } from './capture-streams.ts';
import { TEST_REGISTRY } from './registry.ts';

/**
 * Runs one command line, its arguments given as one text, on a bank; a quoted text is one argument.
 * With `onScreen` standard error is a terminal, which that hears of.
 */
export function createOpsLine(
  bank: TestBank,
  { archive, now = () => new Date() }: Partial<Pick<OpsContext, 'archive' | 'now'>> = {},
) {
  return async (line: string, onScreen?: (text: string) => void) => {
    const { streams, texts } = captureStreams(onScreen);
    const args = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const deps: OpsDeps = {
      streams,
      openContext: async () => ({
        dynamo: bank.dynamo,
        db: bank.postgres.db,
        store: bank.store,
        handler: bank.handler,
        registered: TEST_REGISTRY,
        now,
        archive,
        archiveAfterDays: 365,
        url: 'http://127.0.0.1:3000',
        commandRetentionDays: 90,
        outbound: undefined,
        close: async () => {},
      }),
      signal: new AbortController().signal,
    };
    const code = await runOps(args, deps, TEST_REGISTRY);
    return { code, ...texts };
  };
}
