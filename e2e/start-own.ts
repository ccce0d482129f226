import { setTimeout as delay } from 'node:timers/promises';
import { type Place, runThere } from './launched.ts';

/** A Playhead that runs in a place of its own. */
export type OwnPlayhead = { readonly url: string; readonly close: () => Promise<void> };

/** Starts the production build with the demo there; `close` stops it and removes the place. */
export async function startOwn(place: Place): Promise<OwnPlayhead> {
  const launched = runThere(place, 'start');
  let hasExited = false;
  const exited = launched.exited.then(() => {
    hasExited = true;
  });
  const close = async () => {
    if (!hasExited) {
      // The process group: npm, the launcher, and what it started.
      process.kill(-(launched.process.pid ?? 0), 'SIGTERM');
    }
    await exited;
    await place.remove();
  };
  while (!launched.output().includes('Playhead is running at')) {
    if (hasExited) {
      await close();
      throw new Error(`Playhead did not start:\n${launched.output()}`);
    }
    await delay(200);
  }
  return { url: `http://127.0.0.1:${place.port}`, close };
}
