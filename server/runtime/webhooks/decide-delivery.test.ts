import { describe, expect, it } from 'vitest';
import { DISABLED_AFTER_MS, decideDelivery, MOST_REFUSALS } from './decide-delivery.ts';

const answered = (status: number, retryAfterSeconds: number | null = null) => ({
  status,
  retryAfterSeconds,
});
const decide = (changes: Partial<Parameters<typeof decideDelivery>[0]>) =>
  decideDelivery({
    answer: answered(200),
    attempt: 1,
    refusals: 0,
    failingMs: 0,
    random: 1,
    ...changes,
  });

describe('an attempt', () => {
  it.each([200, 201, 204])('that is answered %i has arrived', (status) => {
    expect(decide({ answer: answered(status) })).toEqual({ kind: 'sent' });
  });

  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [30, 600_000],
  ])('that fails for the %ith time is tried again after up to %i ms', (attempt, waitMs) => {
    const answer = { error: 'connect ECONNREFUSED' };
    expect(decide({ answer, attempt })).toMatchObject({ kind: 'retry', waitMs });
    expect(decide({ answer, attempt, random: 0 })).toMatchObject({ waitMs: waitMs / 2 });
  });

  it('is tried again when the receiver wants it', () => {
    expect(decide({ answer: answered(503, 30) })).toMatchObject({ waitMs: 30_000 });
    expect(decide({ answer: answered(429, 5), attempt: 99 })).toMatchObject({ waitMs: 5_000 });
    expect(decide({ answer: answered(503, 0) })).toMatchObject({ waitMs: 1_000 });
    expect(decide({ answer: answered(500, 30) })).toMatchObject({ waitMs: 1_000 });
  });

  it('of an event that is refused again and again is the last, and others go on', () => {
    const answer = answered(400);
    const refusals = MOST_REFUSALS - 1;
    expect(decide({ answer, refusals: refusals - 1 })).toMatchObject({ isRefused: true });
    expect(decide({ answer, refusals }).kind).toBe('set-aside');
    expect(decide({ answer: answered(302), refusals }).kind).toBe('set-aside');
    expect(decide({ answer: answered(500), refusals })).toMatchObject({ isRefused: false });
    // An outage before it is no refusal.
    expect(decide({ answer, attempt: 100 }).kind).toBe('retry');
  });

  it('of an event that AWS may not want is the last after some, and at once when it cannot be taken', () => {
    const answer = { error: 'InvalidParameter', refusal: 'perhaps' as const };
    expect(decide({ answer })).toMatchObject({ kind: 'retry', isRefused: true });
    expect(decide({ answer, refusals: MOST_REFUSALS - 1 }).kind).toBe('set-aside');
    const tooLarge = { error: 'too large', refusal: 'certain' as const };
    expect(decide({ answer: tooLarge, failingMs: DISABLED_AFTER_MS })).toEqual({
      kind: 'set-aside',
      error: 'too large',
    });
  });

  it('disables what fails for days, and what says that it is gone', () => {
    const answer = { error: 'down' };
    expect(decide({ answer, failingMs: DISABLED_AFTER_MS - 1 }).kind).toBe('retry');
    expect(decide({ answer, failingMs: DISABLED_AFTER_MS }).kind).toBe('disable');
    expect(decide({ answer: answered(401), failingMs: DISABLED_AFTER_MS, refusals: 7 }).kind).toBe(
      'disable',
    );
    expect(decide({ answer: answered(410) }).kind).toBe('disable');
  });
});
