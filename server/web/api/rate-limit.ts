import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests of a token in a window of so many seconds; each web server counts its own. */
const POINTS = 10_000;
const WINDOW_SECONDS = 10;

/** How a token stands: the fields of the answer's header, and whether it has asked too often. */
export type RateStanding = {
  readonly headers: Readonly<Record<string, string>>;
  readonly isOver: boolean;
};

/** Counts requests by token. */
export type RateLimit = (name: string) => Promise<RateStanding>;

/** Creates the limit of a process. */
export function createRateLimit(points = POINTS): RateLimit {
  const limiter = new RateLimiterMemory({ points, duration: WINDOW_SECONDS });

  return async (name) => {
    try {
      return toStanding(await limiter.consume(name), false);
    } catch (error) {
      if (error instanceof RateLimiterRes) {
        return toStanding(error, true);
      }
      throw error;
    }
  };

  function toStanding({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean) {
    const seconds = `${Math.max(1, Math.ceil(msBeforeNext / 1_000))}`;
    return {
      isOver,
      headers: {
        'RateLimit-Limit': `${points}`,
        'RateLimit-Remaining': `${remainingPoints}`,
        'RateLimit-Reset': seconds,
        ...(isOver ? { 'Retry-After': seconds } : {}),
      },
    };
  }
}
