import { Writable } from 'node:stream';
import { runOps } from '#server/ops/run-ops.ts';
import type { TestBank } from './bank.ts';

/**
 * Runs one command line, its arguments given as one text, on a bank; a quoted text is one argument.
 * With `onScreen` standard error is a terminal, which that hears of.
 */
export function createOpsLine(bank: TestBank) {
  return async (line: string, onScreen?: (text: string) => void) => {
    const texts = { out: '', err: '' };
    const collect = (name: keyof typeof texts) =>
      new Writable({
        write: (chunk, _encoding, done) => {
          texts[name] += String(chunk);
          if (name === 'err') {
            onScreen?.(String(chunk));
          }
          done();
        },
      });
    const args = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const code = await runOps(args, {
      streams: {
        out: collect('out'),
        err: Object.assign(collect('err'), { isTTY: onScreen !== undefined }),
      },
      openContext: async () => ({
        dynamo: bank.dynamo,
        db: bank.postgres.db,
        store: bank.store,
        handler: bank.handler,
        now: () => new Date(),
        commandRetentionDays: 90,
        close: async () => {},
      }),
      signal: new AbortController().signal,
    });
    return { code, ...texts };
  };
}
