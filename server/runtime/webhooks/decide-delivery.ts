import type { WebhookAnswer } from './post-webhook.ts';

/** A receiver that fails for so long is disabled: three days, over a weekend. */
export const DISABLED_AFTER_MS = 3 * 24 * 3_600_000;

/** A receiver that refuses one event so often will not take it: others wait no longer. */
export const MOST_REFUSALS = 8;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * What a receiver answered, or why it took nothing. `perhaps`: it may never want this event; `certain`: no receiver of
 * this kind can take it.
 */
export type DeliveryAnswer =
  | WebhookAnswer
  | { readonly error: string; readonly refusal?: 'perhaps' | 'certain' };

/** What comes of an attempt. */
export type DeliveryDecision =
  | { readonly kind: 'sent' }
  /** The event is left out, and can be sent again by hand. */
  | { readonly kind: 'set-aside'; readonly error: string }
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly waitMs: number;
      readonly isRefused: boolean;
    }
  | { readonly kind: 'disable'; readonly error: string };

type Attempt = {
  readonly answer: DeliveryAnswer;
  /** 1 for the first attempt of an event. */
  readonly attempt: number;
  /** How often of them the receiver did not want it, without this attempt. */
  readonly refusals: number;
  /** For how long the receiver has taken nothing, without this attempt. */
  readonly failingMs: number;
  /** Between 0 and 1. */
  readonly random: number;
};

/** Says what comes of an attempt. Pure. */
export function decideDelivery({
  answer,
  attempt,
  refusals,
  failingMs,
  random,
}: Attempt): DeliveryDecision {
  if ('status' in answer && answer.status >= 200 && answer.status < 300) {
    return { kind: 'sent' };
  }
  const error = 'error' in answer ? answer.error : `The receiver answered ${answer.status}.`;
  if ('status' in answer && answer.status === 410) {
    return { kind: 'disable', error: 'The receiver answered 410: it is gone for good.' };
  }
  if ('refusal' in answer && answer.refusal === 'certain') {
    return { kind: 'set-aside', error };
  }
  if (failingMs >= DISABLED_AFTER_MS) {
    return { kind: 'disable', error };
  }
  const isRefused = 'status' in answer ? isRefusal(answer.status) : answer.refusal === 'perhaps';
  if (isRefused && refusals + 1 >= MOST_REFUSALS) {
    return { kind: 'set-aside', error };
  }
  const asked =
    'status' in answer && [429, 503].includes(answer.status) ? answer.retryAfterSeconds : null;
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  // Half of it at least, so that those who failed together do not return together.
  const jittered = backoff * (0.5 + random / 2);
  const waitMs = asked === null ? jittered : Math.max(FIRST_WAIT_MS, asked * 1_000);
  return { kind: 'retry', error, waitMs, isRefused };
}

/** The receiver lives, and does not want this event: not "too early", "too many" or "took too long". */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && ![408, 425, 429].includes(status);
}
