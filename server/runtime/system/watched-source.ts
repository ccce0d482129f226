/** What a source last said; null facts where it does not answer, with why and since when. */
export type Watched<Facts> =
  | { readonly facts: Facts; readonly failure: null }
  | { readonly facts: null; readonly failure: { readonly error: unknown; readonly since: string } };

export type SourceOptions = {
  /** For how long an answer is good, in milliseconds. */
  readonly freshForMs?: number;
  /** After how long without an answer the source counts as silent. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
};

/**
 * Asks a source for all who want to know at a moment, with one question at a time: a database that
 * hangs is not asked again while it has not answered, and everybody is told the same. Never throws.
 */
export function createWatchedSource<Facts>(
  ask: () => Promise<Facts>,
  { freshForMs = 700, timeoutMs = 2_000, now = () => new Date() }: SourceOptions = {},
): () => Promise<Watched<Facts>> {
  let last: { readonly answer: Watched<Facts>; readonly at: number } | undefined;
  let asking: { readonly at: number; readonly done: Promise<Watched<Facts>> } | undefined;
  let silentSince: string | undefined;

  function toFailure(error: unknown): Watched<Facts> {
    silentSince ??= now().toISOString();
    return { facts: null, failure: { error, since: silentSince } };
  }

  async function start(): Promise<Watched<Facts>> {
    let answer: Watched<Facts>;
    try {
      answer = { facts: await ask(), failure: null };
      silentSince = undefined;
    } catch (error) {
      answer = toFailure(error);
    }
    last = { answer, at: performance.now() };
    asking = undefined;
    return answer;
  }

  return async () => {
    if (asking === undefined) {
      if (last && performance.now() - last.at < freshForMs) {
        return last.answer;
      }
      asking = { at: performance.now(), done: start() };
    }
    const left = timeoutMs - (performance.now() - asking.at);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<Watched<Facts>>((resolve) => {
      const error = new DOMException(`No answer within ${timeoutMs} ms.`, 'TimeoutError');
      timer = setTimeout(() => resolve(toFailure(error)), Math.max(0, left));
    });
    try {
      return await Promise.race([asking.done, silence]);
    } finally {
      clearTimeout(timer);
    }
  };
}
