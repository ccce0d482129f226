import { describe, expect, it } from 'vitest';
import { initialState } from '#server/domain/account/account-state.ts';
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
