import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toTableNames } from '#server/runtime/platform/table-names.ts';
import { createEventlessLog } from './eventless-log.ts';

const about = {
  commandId: 'c-1',
  commandType: 'Deposit',
  actor: 'ada',
  aggregateIds: ['account#A'],
};
const refusal = new PlayheadError('INVALID_INPUT', 'That is no amount.', { field: 'amount' });

/** A log over a DynamoDB that does what `send` says. */
function createLog(send: (item: Record<string, unknown>) => Promise<void> = async () => {}) {
  const items: Record<string, unknown>[] = [];
  const onError = vi.fn();
  const documents = {
    send: async ({ input }: { input: { Item: Record<string, unknown> } }) => {
      await send(input.Item);
      items.push(input.Item);
    },
  };
  const log = createEventlessLog({
    // Of the client a log uses this alone.
    dynamo: { documents: documents as never, tables: toTableNames('') },
    now: () => new Date(),
    retentionDays: 90,
    rejections: new Map([['ACCOUNT_CLOSED', 409]]),
    onError,
  });
  return { log, items, onError };
}

describe('the log of commands without events', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-01-31T23:59:59.500Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps what was refused, until commands’ records expire', async () => {
    const { log, items } = createLog();
    log.keepRefusal(about, refusal);
    await log.flush();
    expect(items).toEqual([
      {
        ...about,
        outcome: 'rejected',
        code: 'INVALID_INPUT',
        sentence: 'That is no amount.',
        field: 'amount',
        month: '2026-01',
        place: expect.stringMatching(/^2026-01-31T23:59:59\.500Z#/),
        at: '2026-01-31T23:59:59.500Z',
        missed: 0,
        expiresAt: Date.parse('2026-02-01T00:00:00Z') / 1_000 + 90 * 86_400,
      },
    ]);
  });

  it('keeps rejections of modules, and no failures of the house', async () => {
    const { log, items } = createLog();
    log.keepRefusal(about, new PlayheadError('DYNAMODB_UNAVAILABLE', 'It is gone.'));
    log.keepRefusal(about, new PlayheadError('UNEXPECTED', 'Something.'));
    log.keepRefusal(about, new PlayheadError('ACCOUNT_CLOSED', 'It is closed.'));
    await log.flush();
    expect(items.map(({ code }) => code)).toEqual(['ACCOUNT_CLOSED']);
  });

  it('keeps so many of a flood, and says how many it left out', async () => {
    const { log, items } = createLog();
    for (let count = 0; count < 1_000; count += 1) {
      log.keepRefusal(about, refusal);
    }
    await log.flush();
    expect(items).toHaveLength(20);
    vi.advanceTimersByTime(1_000);
    log.keepRefusal(about, refusal);
    await log.flush();
    expect(items.at(-1)).toMatchObject({ missed: 980, month: '2026-02' });
  });

  it('never throws: what could not be written is counted, and said once', async () => {
    let isDown = true;
    const { log, items, onError } = createLog(async () => {
      if (isDown) {
        throw new Error('gone');
      }
    });
    log.keepRefusal(about, refusal);
    log.keepRefusal(about, refusal);
    await log.flush();
    isDown = false;
    log.keepRefusal(about, refusal);
    await log.flush();
    expect(items).toMatchObject([{ missed: 2 }]);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('keeps no more than a line of what a caller sent', async () => {
    const { log, items } = createLog();
    const long = 'x'.repeat(10_000);
    log.keepRefusal({ ...about, commandId: long }, new PlayheadError('INVALID_INPUT', long));
    await log.flush();
    expect(`${items[0]?.sentence}`).toHaveLength(500);
    expect(`${items[0]?.commandId}`).toHaveLength(200);
  });
});
