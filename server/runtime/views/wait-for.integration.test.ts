import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createNotifications } from '#server/runtime/platform/notifications.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { waitForProjection } from './wait-for.ts';

const postgres = await createTestPostgres();
const { db, sql, close } = postgres;
const notifications = createNotifications(postgres);
const ingest = createIngest({ db, store: EMPTY_STORE });
const events = toSimpleHistory('A', 5).map(toStoredEvent);

const project = async (limit: number) =>
  applyNext(db, accountsView, await loadCheckpoint(db, accountsView), limit);

const waitFor = (sequence: number, timeoutMs: number) =>
  waitForProjection(
    { db, notifications },
    'accounts',
    { aggregateId: 'account#A', sequence },
    timeoutMs,
  );

/** The sentence of a wait that times out. */
const complaintOf = (wait: Promise<void>) =>
  wait.then(
    () => 'It did not time out.',
    (error: unknown) => (isPlayheadError(error, 'WAIT_TIMED_OUT') ? error.message : String(error)),
  );

beforeAll(async () => {
  const isListening = new Promise<void>((resolve) => {
    notifications.subscribe(({ channel }) => channel === 'listening' && resolve());
  });
  await isListening;
});

afterAll(close);

describe('waitForProjection', () => {
  it('says how far the event had come when the time is over', async () => {
    expect(await complaintOf(waitFor(2, 30))).toBe(
      'Event 2 of account#A did not reach accounts within 30 ms: it is not in the journal yet.',
    );
    await ingest(events.slice(0, 3));
    await project(1);
    expect(await complaintOf(waitFor(3, 30))).toBe(
      'Event 3 of account#A did not reach accounts within 30 ms: ' +
        'it is at position 3, accounts is at 1.',
    );
  });

  it('ends as soon as nobody waits any more', async () => {
    const stop = new AbortController();
    const token = { aggregateId: 'account#A', sequence: 900 };
    const deps = { db, notifications, signal: stop.signal };
    const waiting = waitForProjection(deps, 'accounts', token, 50_000);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('answers at once for what is there', async () => {
    await project(1);
    await waitFor(1, 0);
    await waitFor(2, 0);
  });

  it('answers when the event arrives, through the journal and the projection', async () => {
    const wait = waitFor(5, 30_000);
    const startedAt = performance.now();
    await ingest(events.slice(3));
    await project(10);
    const projectedAt = performance.now();
    await wait;
    expect(performance.now() - projectedAt).toBeLessThan(400);
    expect(projectedAt).toBeGreaterThan(startedAt);
  });

  it('says at once that the event waits at a dead letter, or behind one', async () => {
    await sql`UPDATE projections SET position = 5`;
    const recordDeadLetter = (projection: string, status: string) => sql`
      INSERT INTO dead_letters (projection, aggregate_id, event_sequence, category, error,
        error_group, attempts, first_failed_at, last_failed_at, status)
      VALUES (${projection}, 'account#A', 4, 'handler', 'x', 'x', 3, now(), now(), ${status})
    `;
    for (const projection of ['accounts', 'journal']) {
      await recordDeadLetter(projection, 'dead');
      await waitFor(3, 5_000);
      await expect(waitFor(4, 5_000)).rejects.toMatchObject({
        code: 'EVENT_BLOCKED',
        message: expect.stringContaining('Event 4 of account#A is a dead letter in accounts'),
      });
      await expect(waitFor(5, 5_000)).rejects.toMatchObject({
        message: expect.stringContaining('waits behind event 4, a dead letter, in accounts'),
      });
      await sql`DELETE FROM dead_letters`;
    }
    await recordDeadLetter('transactions', 'dead');
    await recordDeadLetter('accounts', 'skipped');
    await waitFor(5, 5_000);
  });
});
