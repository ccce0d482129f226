import { describe, expect, it } from 'vitest';
import { initialState } from '#server/modules/bank/domain/account-state.ts';
import { stateAfter } from '#server/testing/given.ts';
import { closed, deposited, minute, opened } from '#server/testing/sample-events.ts';
import { diffStates, toStateFields } from './state-fields.ts';

describe('toStateFields', () => {
  it('turns every field into a text, amounts in minor units', () => {
    expect(toStateFields(initialState)).toEqual({ status: 'unopened' });
    expect(toStateFields(stateAfter(opened({ overdraftLimit: 5n }), deposited(7n)))).toEqual({
      status: 'open',
      owner: 'Ada',
      number: 'A-1',
      currency: 'EUR',
      overdraftLimit: '5',
      balance: '7',
      openedAt: minute(1),
      lastEventAt: minute(2),
    });
  });
});

describe('the fields of a nested state', () => {
  const state = {
    kind: 'web',
    retired: undefined,
    approvedBy: null,
    services: new Map([
      ['web', { cpus: 2n, tags: ['a', 'b'] }],
      ['db', { cpus: 1n, tags: [] }],
    ]),
    limits: {},
  };

  it('are those of its maps and lists, each by itself', () => {
    expect(toStateFields(state)).toEqual({
      kind: 'web',
      approvedBy: 'null',
      'services.web.cpus': '2',
      'services.web.tags.0': 'a',
      'services.web.tags.1': 'b',
      'services.db.cpus': '1',
      'services.db.tags': '(empty)',
      limits: '(empty)',
    });
    expect(toStateFields({})).toEqual({});
  });

  it('are compared one by one', () => {
    const services = new Map([['web', { cpus: 2n, tags: ['a', 'c'] }]]);
    expect(diffStates(state, { ...state, services })).toEqual([
      { field: 'services.web.tags.1', before: 'b', after: 'c' },
      { field: 'services.db.cpus', before: '1', after: undefined },
      { field: 'services.db.tags', before: '(empty)', after: undefined },
    ]);
  });
});

describe('diffStates', () => {
  it('names what changed, before and after', () => {
    expect(diffStates(stateAfter(opened()), stateAfter(opened(), deposited(7n)))).toEqual([
      { field: 'balance', before: '0', after: '7' },
      { field: 'lastEventAt', before: minute(1), after: minute(2) },
    ]);
  });

  it('shows fields that come and go', () => {
    const [open, ended] = [stateAfter(opened()), stateAfter(opened(), closed())];
    const closing = { field: 'closedAt', before: undefined, after: minute(2) };
    expect(diffStates(open, ended)).toContainEqual(closing);
    expect(diffStates(ended, open)).toContainEqual({
      field: 'closedAt',
      before: minute(2),
      after: undefined,
    });
    expect(diffStates(initialState, open)).toContainEqual({
      field: 'owner',
      before: undefined,
      after: 'Ada',
    });
  });

  it('is empty between equal states', () => {
    expect(diffStates(stateAfter(opened()), stateAfter(opened()))).toEqual([]);
  });
});
