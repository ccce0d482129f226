import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

/** For so long an answer is taken as it was read: what was taken away is gone after that, in every process. */
const FRESH_MS = 1_000;

/** While its database does not answer, who was known stays known for so long. */
const KNOWN_MS = 15 * 60_000;

/** A database that does not answer is waited for this long, where there is a last answer. */
const PATIENCE_MS = 1_000;

const MOST_KNOWN = 10_000;

type Known<Value> = { readonly value: Value; readonly readAt: number };
type Reading<Value> = { readonly since: number; readonly answer: Promise<Value | undefined> };

/** Reads by a key; undefined is an answer as well, and is never remembered. */
export type LastKnown<Value> = {
  readonly get: (key: string) => Promise<Value | undefined>;
  readonly forget: (key: string) => void;
};

/**
 * Remembers what `read` answered, for a second; and while it fails or hangs, for some minutes: an operator
 * must be able to see which database is down. Without a last answer, its error is thrown.
 */
export function createLastKnown<Value extends object>(
  read: (key: string) => Promise<Value | undefined>,
  now: () => number = Date.now,
): LastKnown<Value> {
  const known = new LRUCache<string, Known<Value>>({ max: MOST_KNOWN });
  const reading = new Map<string, Reading<Value>>();

  function begin(key: string): Reading<Value> {
    const under = reading.get(key);
    if (under !== undefined) {
      return under;
    }
    const since = now();
    const answer = read(key)
      .then((value) => {
        // Else it was forgotten meanwhile, and what was read is of before.
        if (reading.get(key) === begun) {
          known.set(key, value && { value, readAt: since });
        }
        return value;
      })
      .finally(() => {
        if (reading.get(key) === begun) {
          reading.delete(key);
        }
      });
    const begun = { since, answer };
    reading.set(key, begun);
    return begun;
  }

  return {
    get: async (key) => {
      const last = known.get(key);
      const age = last === undefined ? Number.POSITIVE_INFINITY : now() - last.readAt;
      if (last === undefined || age > KNOWN_MS) {
        return begin(key).answer;
      }
      if (age <= FRESH_MS) {
        return last.value;
      }
      const { since, answer } = begin(key);
      const asked = answer.then(
        (value) => ({ value }),
        () => last,
      );
      const patience = Math.max(0, PATIENCE_MS - (now() - since));
      return (await Promise.race([asked, delay(patience, last, { ref: false })])).value;
    },
    forget: (key) => {
      known.delete(key);
      reading.delete(key);
    },
  };
}
