import { setTimeout as delay } from 'node:timers/promises';
import { type Place, runThere } from './launched.ts';
import { SIGN_IN_LINE, type SignedIn, signInBy, USER_AGENT } from './sign-in.ts';

/** A Playhead that runs in a place of its own. */
export type OwnPlayhead = {
  readonly url: string;
  /** For the context of a browser in which its operator is signed in. */
  readonly signedIn: { readonly storageState: SignedIn; readonly userAgent: string };
  readonly close: () => Promise<void>;
};

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
  while (!SIGN_IN_LINE.test(launched.output())) {
    if (hasExited) {
      await close();
      throw new Error(`Playhead did not start:\n${launched.output()}`);
    }
    await delay(200);
  }
  const storageState = await signInBy(launched.output());
  return {
    url: `http://127.0.0.1:${place.port}`,
    signedIn: { storageState, userAgent: USER_AGENT },
    close,
  };
}
