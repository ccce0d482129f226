import { Writable } from 'node:stream';
import type { OpsDeps } from '#server/runtime/ops/ops-command.ts';

/**
 * Streams for a command line that keep what is written to them. With `onScreen` standard error is a
 * terminal, which that hears of.
 */
export function captureStreams(onScreen?: (text: string) => void) {
  const texts = { out: '', err: '' };
  const capture = (name: keyof typeof texts) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[name] += String(chunk);
        if (name === 'err') {
          onScreen?.(String(chunk));
        }
        done();
      },
    });
  const streams: OpsDeps['streams'] = {
    out: capture('out'),
    err: Object.assign(capture('err'), { isTTY: onScreen !== undefined }),
  };
  return { streams, texts };
}
