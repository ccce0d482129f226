import { describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { crateAggregate } from '#server/testing/crates.ts';
import { findAggregateId } from './find-aggregate-id.ts';

/** Both kinds can have the id `C1`; of those that there are, so many events. */
function find(text: string, versions: Readonly<Record<string, number>> = {}) {
  const asked: string[] = [];
  const store = {
    aggregates: new Map<string, Aggregate>([
      ['account', accountAggregate],
      ['crate', crateAggregate],
    ]),
    getNewestSequence: async (aggregateId: string) => {
      asked.push(aggregateId);
      return versions[aggregateId] ?? 0;
    },
  };
  return { found: findAggregateId(store, text), asked };
}

describe('findAggregateId', () => {
  it.each([
    ['crate#C1', 'crate#C1'],
    ['account#c 1', 'account#C1'],
    ['a - 7', 'account#A-7'],
    ['foreign#account#A/0', 'foreign#account#A/0'],
  ])('knows what is meant by %s without a look', async (text, aggregateId) => {
    const { found, asked } = find(text);
    expect(await found).toBe(aggregateId);
    expect(asked).toEqual([]);
  });

  it.each([
    ['the only one that is there', { 'crate#C1': 2 }, 'crate#C1'],
    ['the first kind, where none is there', {}, 'account#C1'],
  ])('takes an id that several can have for %s', async (_, versions, aggregateId) => {
    expect(await find('C1', versions).found).toBe(aggregateId);
  });

  it('asks which one, where several are there', async () => {
    const { found } = find('C1', { 'crate#C1': 2, 'account#C1': 1 });
    await expect(found).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'There are account#C1 and crate#C1: say which one.',
    });
  });

  it.each(['%%', 'crate#7', 'account#', ''])('refuses %j, which can be no id', async (text) => {
    await expect(find(text).found).rejects.toMatchObject({
      code: 'AGGREGATE_NOT_FOUND',
      message: `There is no “${text}”.`,
    });
  });

  it('refuses a type that no module has, and says which there are', async () => {
    await expect(find('ship#1').found).rejects.toMatchObject({
      code: 'AGGREGATE_TYPE_UNKNOWN',
      message: expect.stringContaining('account, crate'),
    });
  });
});
