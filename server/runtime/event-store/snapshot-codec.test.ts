import { describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import type { AccountEvent } from '#server/modules/bank/domain/account-events.ts';
import { stateAfter } from '#server/testing/given.ts';
import { closed, deposited, opened, withdrawn } from '#server/testing/sample-events.ts';
import { parseSnapshot, toSnapshotItem } from './snapshot-codec.ts';

const histories: [string, AccountEvent[]][] = [
  ['open', [opened({ overdraftLimit: 10n ** 17n }), deposited(5n)]],
  ['overdrawn', [opened({ overdraftLimit: 9n }), withdrawn(9n)]],
  ['closed', [opened(), closed()]],
];

describe('snapshot codec', () => {
  it.each(histories)('reads back the state of an account that is %s', (_, events) => {
    const loaded = { state: stateAfter(...events), version: events.length };
    const item = toSnapshotItem(accountAggregate, 'account#A-1', loaded);
    expect(item.snapshotKey).toBe(`${accountAggregate.snapshot.version}#account#A-1`);
    expect(parseSnapshot(accountAggregate, JSON.parse(JSON.stringify(item)))).toEqual(loaded);
  });

  const item = toSnapshotItem(accountAggregate, 'account#A-1', {
    state: stateAfter(opened()),
    version: 1,
  });
  it.each([
    undefined,
    {},
    { ...item, eventSequence: 0 },
    { ...item, state: { status: 'unknown' } },
    { ...item, state: { ...item.state, balance: '1.5' } },
    { ...item, state: { ...item.state, balance: undefined } },
    { ...item, state: { ...item.state, status: 'closed' } },
  ])('finds nothing in %j', (broken) => {
    expect(parseSnapshot(accountAggregate, broken)).toBeUndefined();
  });
});
