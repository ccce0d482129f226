import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandToken } from '#lib/contracts/commands.ts';
import { accountAnswerSchema, hotViewsSchema } from '#lib/contracts/queries.ts';
import { pick, type Random } from './draw.ts';

/** What readers of the web server's API have seen. */
export type Reads = {
  /** Answers of a read model as it is, and of a read model that was waited for. */
  readonly eventual: number;
  readonly waited: number;
  /** Requests without an answer of this kind: the server was down, or said that it could not. */
  readonly unanswered: number;
  readonly problems: readonly string[];
};

export type ReadWatch = {
  /** Now and then somebody reads their own write. */
  readonly noteWritten: (tokens: readonly CommandToken[]) => void;
  readonly stop: () => Promise<Reads>;
};

const READERS = 2;
const PAUSE_MS = 50;
const WAITING_SHARE = 0.1;
const WAITING_AT_ONCE = 8;
const PATIENCE_MS = 15_000;

/** The answer for an account that the read model does not know (yet). */
const NOT_THERE = { account: undefined };

/**
 * Reads accounts over the API, all the time and of all read models: no account's sequence may be
 * lower than one that was seen before the request, and what was waited for must be there.
 */
export function watchReads(url: string, random: Random): ReadWatch {
  const stopping = new AbortController();
  const written = new Set<string>();
  const seen = new Map<string, number>();
  const waiting = new Set<Promise<void>>();
  const problems: string[] = [];
  const counts = { eventual: 0, waited: 0, unanswered: 0 };

  async function get(path: string): Promise<unknown> {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(`${url}/api/accounts/${path}`, { signal });
      const body: unknown = await response.json();
      if (response.ok) {
        return body;
      }
      if (response.status === 404) {
        return NOT_THERE;
      }
    } catch {
      // It is down, or went down over it.
    }
    counts.unanswered += 1;
    return undefined;
  }

  /** Asks, and holds the answer against what had been seen when it was asked for. */
  async function check(
    accountId: string,
    path: string,
    toSequences: (body: unknown) => Record<string, number>,
  ): Promise<boolean> {
    const before = new Map(seen);
    const body = await get(`${accountId}${path}`);
    if (body === undefined) {
      return false;
    }
    const sequences = body === NOT_THERE ? { accounts: 0 } : toSequences(body);
    for (const [view, sequence] of Object.entries(sequences)) {
      const key = `${view} of ${accountId}`;
      const known = before.get(key) ?? 0;
      if (sequence < known) {
        problems.push(`${key} was at event ${known}, and later at ${sequence}.`);
      }
      seen.set(key, Math.max(sequence, seen.get(key) ?? 0));
    }
    return true;
  }

  const toVersion = (body: unknown) => ({
    accounts: accountAnswerSchema.parse(body).account.version,
  });

  async function read(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (written.size > 0) {
        const accountId = pick(random, [...written]);
        const isHot = random() < 0.5;
        const isAnswered = isHot
          ? await check(accountId, '/hot-views', (body) => {
              const { balance, recent } = hotViewsSchema.parse(body);
              return {
                'account-balances': balance?.sequence ?? 0,
                'recent-transactions': recent?.sequence ?? 0,
              };
            })
          : await check(accountId, '', toVersion);
        counts.eventual += isAnswered ? 1 : 0;
      }
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  async function readOwnWrite({ accountId, sequence }: CommandToken): Promise<void> {
    const query = `?consistency=wait&sequence=${sequence}`;
    const isAnswered = await check(accountId, query, (body) => {
      const { accounts } = toVersion(body);
      if (accounts < sequence) {
        problems.push(`Waited for event ${sequence} of ${accountId}, and got ${accounts}.`);
      }
      return { accounts };
    });
    counts.waited += isAnswered ? 1 : 0;
  }

  const reading = Array.from({ length: READERS }, read);
  return {
    noteWritten: (tokens) => {
      for (const token of tokens) {
        written.add(token.accountId);
        if (random() < WAITING_SHARE && waiting.size < WAITING_AT_ONCE) {
          const done = readOwnWrite(token)
            .catch((error: unknown) => {
              problems.push(String(error));
            })
            .finally(() => waiting.delete(done));
          waiting.add(done);
        }
      }
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...reading, ...waiting]);
      return { ...counts, problems };
    },
  };
}
