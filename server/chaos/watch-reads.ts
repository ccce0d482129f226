import { setTimeout as sleep } from 'node:timers/promises';
import { isOfType, parseAggregateId } from '#lib/aggregate-id.ts';
import type { CommandToken } from '#lib/contracts/commands.ts';
import type { ApiRead } from './domains/api-read.ts';
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
const TIMEOUT_MS = 15_000;

/** The answer for an aggregate that the read model does not know (yet). */
const NOT_THERE = Symbol('not there');

/**
 * Reads over the API, all the time and of all read models that `apiReads` are about: no aggregate's
 * sequence may be lower than one that was seen before the request, and what was waited for must be there.
 */
export function watchReads(url: string, random: Random, apiReads: readonly ApiRead[]): ReadWatch {
  const stopping = new AbortController();
  const written = new Set<string>();
  const seen = new Map<string, number>();
  const waiting = new Set<Promise<void>>();
  const problems: string[] = [];
  const counts = { eventual: 0, waited: 0, unanswered: 0 };
  const readsOf = (aggregateId: string) =>
    apiReads.filter(({ aggregateType }) => isOfType(aggregateType, aggregateId));

  async function get(path: string): Promise<unknown> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${url}${path}`, { signal });
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

  /** Asks, and holds the answer against what had been seen when it was asked for; undefined without one. */
  async function check(aggregateId: string, read: ApiRead, query = '') {
    const before = new Map(seen);
    const body = await get(`${read.path(parseAggregateId(aggregateId).id)}${query}`);
    if (body === undefined) {
      return undefined;
    }
    const sequences =
      body === NOT_THERE
        ? Object.fromEntries(read.views.map((view) => [view, 0]))
        : read.toSequences(body);
    for (const [view, sequence] of Object.entries(sequences)) {
      const key = `${view} of ${aggregateId}`;
      const known = before.get(key) ?? 0;
      if (sequence < known) {
        problems.push(`${key} was at event ${known}, and later at ${sequence}.`);
      }
      seen.set(key, Math.max(sequence, seen.get(key) ?? 0));
    }
    return sequences;
  }

  async function read(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (written.size > 0) {
        const aggregateId = pick(random, [...written]);
        const answer = await check(aggregateId, pick(random, readsOf(aggregateId)));
        counts.eventual += answer === undefined ? 0 : 1;
      }
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  async function readOwnWrite(
    { aggregateId, sequence }: CommandToken,
    { waitQuery, ...rest }: ApiRead,
  ): Promise<void> {
    const answer = await check(aggregateId, rest, waitQuery?.(sequence));
    for (const [view, at] of Object.entries(answer ?? {})) {
      if (at < sequence) {
        problems.push(`Waited for event ${sequence} of ${aggregateId} in ${view}, and got ${at}.`);
      }
    }
    counts.waited += answer === undefined ? 0 : 1;
  }

  const reading = Array.from({ length: READERS }, read);
  return {
    noteWritten: (tokens) => {
      for (const token of tokens) {
        const reads = readsOf(token.aggregateId);
        if (reads.length === 0) {
          continue;
        }
        written.add(token.aggregateId);
        const waits = reads.filter(({ waitQuery }) => waitQuery !== undefined);
        const isDrawn = random() < WAITING_SHARE && waiting.size < WAITING_AT_ONCE;
        if (isDrawn && waits.length > 0) {
          const done = readOwnWrite(token, pick(random, waits))
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
