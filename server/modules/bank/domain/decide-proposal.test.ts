import { describe, expect, it } from 'vitest';
import { expiryOf } from '#lib/modules/bank/transfer-policy.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import { NOW, stateAfter } from '#server/testing/given.ts';
import { closed, deposited, minute, opened, withdrawn } from '#server/testing/sample-events.ts';
import type { AccountEvent } from './account-events.ts';
import { decideApproval, decideRefusal, decideRequestedTransfer } from './decide-proposal.ts';
import type { ProposalEvent } from './proposal-events.ts';
import { evolve, initialState, type ProposalState } from './proposal-state.ts';

const LIMIT = 10_000_00n;
const MOST = 1_000_000_00n;
const ends = { fromAccountId: 'A-1', toAccountId: 'B-2' };
const money = { amount: LIMIT, currency: 'EUR' };
const rich = [opened(), deposited(MOST * 2n)];
const proposedAt = minute(9_000);

const proposed: ProposalEvent = {
  eventType: 'TransferProposed',
  eventData: { ...ends, ...money, description: 'a house', proposedBy: 'user:ada' },
};
const approved: ProposalEvent = {
  eventType: 'TransferApproved',
  eventData: { approvedBy: 'user:bob' },
};
const declined: ProposalEvent = {
  eventType: 'TransferDeclined',
  eventData: { declinedBy: 'user:bob', reason: 'too much' },
};

function proposalAfter(...events: readonly ProposalEvent[]): ProposalState {
  return events.reduce(
    (state, event) => evolve(state, { ...event, timestamp: proposedAt }),
    initialState,
  );
}

function request(
  changes: { amount?: bigint; currency?: string; bookedAt?: string; transferId?: string },
  from: readonly AccountEvent[] = rich,
  to: readonly AccountEvent[] = [opened()],
  proposal: readonly ProposalEvent[] = [],
): Decision {
  const transfer = { at: NOW, transferId: 'T-1', actor: 'user:ada', ...ends, ...money };
  return decideRequestedTransfer(
    { ...transfer, description: 'a house', ...changes },
    proposalAfter(...proposal),
    stateAfter(...from),
    stateAfter(...to),
  );
}

function approve(
  changes: { actor?: string; at?: string; toAccountId?: string } = {},
  proposal: readonly ProposalEvent[] = [proposed],
  from: readonly AccountEvent[] = rich,
  to: readonly AccountEvent[] = [opened()],
): Decision {
  return decideApproval(
    { at: NOW, transferId: 'T-1', actor: 'user:bob', ...ends, ...changes },
    proposalAfter(...proposal),
    stateAfter(...from),
    stateAfter(...to),
  );
}

/** The types of the events that a decision brings, by aggregate. */
function typesOf(decision: Decision): Record<string, string[]> {
  return decision.kind === 'rejected'
    ? { rejected: [decision.code] }
    : Object.fromEntries(
        [...decision.events].map(([id, events]) => [id, events.map(({ eventType }) => eventType)]),
      );
}

const PROPOSED = { 'transfer#T-1': ['TransferProposed'] };
const BOOKED = { 'account#A-1': ['TransferSent'], 'account#B-2': ['TransferReceived'] };
const rejected = (code: string) => ({ rejected: [code] });

describe('a transfer that somebody asks for', () => {
  it('is booked below the limit, and proposed from it on', () => {
    expect(typesOf(request({ amount: LIMIT - 1n }))).toEqual(BOOKED);
    expect(request({})).toEqual({
      kind: 'accepted',
      timestamp: NOW,
      events: new Map([['transfer#T-1', [proposed]]]),
    });
  });

  it.each([
    ['CZK', 250_000_00n],
    ['JPY', 1_500_000n],
    ['KWD', 3_000_000n],
    ['SEK', 10_000_00n],
  ])('has the limit of its currency, %s', (currency, amount) => {
    const inCurrency = [opened({ currency, overdraftLimit: amount })];
    const ask = (asked: bigint) =>
      typesOf(request({ amount: asked, currency }, inCurrency, [opened({ currency })]));
    expect(ask(amount - 1n)).toEqual(BOOKED);
    expect(ask(amount)).toEqual(PROPOSED);
  });

  it('is refused above the most that one may move', () => {
    expect(typesOf(request({ amount: MOST }))).toEqual(PROPOSED);
    expect(request({ amount: MOST + 1n })).toMatchObject({
      code: 'AMOUNT_LIMIT',
      field: 'amount',
      message: expect.stringMatching(/at most 1,000,000\.00 EUR; this one is 1,000,000\.01 EUR/),
    });
  });

  it('is not proposed where it could not be booked', () => {
    expect(typesOf(request({}, [opened()]))).toEqual(rejected('OVERDRAFT_LIMIT_EXCEEDED'));
    expect(typesOf(request({}, rich, []))).toEqual(rejected('ACCOUNT_NOT_FOUND'));
  });

  it('is not proposed twice under one id, or under one that no address could name', () => {
    expect(typesOf(request({ transferId: 'no such/id' }))).toEqual(rejected('INVALID_INPUT'));
    expect(typesOf(request({}, rich, [opened()], [proposed]))).toEqual(
      rejected('TRANSFER_ID_TAKEN'),
    );
  });

  it('is booked whatever its amount is where it happened already', () => {
    expect(typesOf(request({ amount: MOST + 1n, bookedAt: NOW }))).toEqual(BOOKED);
  });
});

describe('an approval', () => {
  it('brings itself and both legs at one moment', () => {
    const leg = { transferId: 'T-1', ...money, description: 'a house' };
    expect(approve()).toEqual({
      kind: 'accepted',
      timestamp: NOW,
      events: new Map([
        [
          'account#A-1',
          [{ eventType: 'TransferSent', eventData: { ...leg, counterparty: 'B-2' } }],
        ],
        [
          'account#B-2',
          [{ eventType: 'TransferReceived', eventData: { ...leg, counterparty: 'A-1' } }],
        ],
        ['transfer#T-1', [approved]],
      ]),
    });
  });

  it('is not given by the actor who proposed', () => {
    expect(approve({ actor: 'user:ada' })).toMatchObject({
      code: 'FOUR_EYES',
      message: expect.stringMatching(/user:ada has proposed this transfer/),
    });
  });

  it('is given once: of two at once, the second is decided on what the first has left', () => {
    expect(typesOf(approve({}, [proposed, approved]))).toEqual(rejected('TRANSFER_DECIDED'));
    expect(typesOf(approve({}, [proposed, declined]))).toEqual(rejected('TRANSFER_DECIDED'));
    expect(typesOf(approve({}, []))).toEqual(rejected('TRANSFER_NOT_FOUND'));
  });

  it('is of the transfer that the approver has seen', () => {
    expect(approve({ toAccountId: 'C-3' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/from A-1 to B-2, and not from A-1 to C-3/),
    });
  });

  it.each([
    ['ACCOUNT_CLOSED', [opened(), closed()], [opened()]],
    ['ACCOUNT_CLOSED', rich, [opened(), closed()]],
    ['OVERDRAFT_LIMIT_EXCEEDED', [opened(), deposited(LIMIT), withdrawn(1n)], [opened()]],
  ] as const)('is refused with %s for what has happened meanwhile', (code, from, to) => {
    expect(typesOf(approve({}, [proposed], from, to))).toEqual(rejected(code));
  });

  it('is in time until the proposal expires', () => {
    const expiry = expiryOf(proposedAt);
    const before = new Date(Date.parse(expiry) - 1).toISOString();
    expect(approve({ at: before }).kind).toBe('accepted');
    expect(typesOf(approve({ at: expiry }))).toEqual(rejected('PROPOSAL_EXPIRED'));
  });

  it('happens not before the proposal, whatever another machine’s clock says', () => {
    expect(approve({ at: minute(100) })).toMatchObject({ timestamp: proposedAt });
  });
});

describe('a refusal', () => {
  const decline = (proposal: readonly ProposalEvent[], actor = 'user:bob', reason = 'too much') =>
    decideRefusal({ at: NOW, transferId: 'T-1', actor, reason }, proposalAfter(...proposal));

  it('ends the proposal and books nothing, its own proposer’s too', () => {
    expect(decline([proposed])).toEqual({
      kind: 'accepted',
      timestamp: NOW,
      events: new Map([['transfer#T-1', [declined]]]),
    });
    expect(typesOf(decline([proposed], 'user:ada'))).toEqual({
      'transfer#T-1': ['TransferDeclined'],
    });
  });

  it('comes too late after a decision, and says why in at most 200 characters', () => {
    expect(typesOf(decline([proposed, approved]))).toEqual(rejected('TRANSFER_DECIDED'));
    expect(typesOf(decline([]))).toEqual(rejected('TRANSFER_NOT_FOUND'));
    expect(typesOf(decline([proposed], 'user:bob', 'x'.repeat(201)))).toEqual(
      rejected('TEXT_TOO_LONG'),
    );
  });
});

describe('the history of a proposal', () => {
  it('cannot go on after a decision, or begin with one', () => {
    expect(() => proposalAfter(approved)).toThrow(/TransferApproved of a transfer/);
    expect(() => proposalAfter(proposed, declined, approved)).toThrow(/that is declined/);
    expect(() => proposalAfter(proposed, proposed)).toThrow(/that is proposed/);
  });
});
