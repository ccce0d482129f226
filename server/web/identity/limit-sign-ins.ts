import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { PlayheadError } from '#lib/playhead-error.ts';

/** So many sign-ins may be begun in a minute from one network address: each is a row, before anybody is known. */
const MOST_BEGUN = 60;

/** So many wrong passwords in a quarter of an hour: for one address of e-mail, and from one network address. */
const MOST_OF_EMAIL = 10;
const MOST_OF_ADDRESS = 50;
const WINDOW_SECONDS = 15 * 60;

/** Counts wrong passwords; each web server counts its own. */
export type SignInLimit = {
  /** Counts what begins or ends a sign-in without a password. Throws TOO_MANY_SIGN_INS. */
  readonly begin: (address: string) => Promise<void>;
  /** Takes one try of a password. Throws TOO_MANY_SIGN_INS. */
  readonly take: (email: string, address: string) => Promise<void>;
  /** Gives the tries of an address of e-mail back, and this one from a network address: its owner was let in. */
  readonly clear: (email: string, address: string) => Promise<void>;
};

/** Creates the limit of a process. */
export function createSignInLimit(): SignInLimit {
  const begun = new RateLimiterMemory({ points: MOST_BEGUN, duration: 60 });
  const byEmail = new RateLimiterMemory({ points: MOST_OF_EMAIL, duration: WINDOW_SECONDS });
  const byAddress = new RateLimiterMemory({ points: MOST_OF_ADDRESS, duration: WINDOW_SECONDS });
  const toKey = (email: string) => email.trim().toLowerCase();
  return {
    begin: (address) => consume(begun, address),
    take: async (email, address) => {
      await consume(byAddress, address);
      await consume(byEmail, toKey(email));
    },
    clear: async (email, address) => {
      await byEmail.delete(toKey(email));
      await byAddress.reward(address);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      const minutes = Math.ceil(error.msBeforeNext / 60_000);
      const sentence = `There were too many tries to sign in. Try again in ${minutes} minutes.`;
      throw new PlayheadError('TOO_MANY_SIGN_INS', sentence);
    }
    throw error;
  }
}
