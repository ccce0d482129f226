import { expect, it } from 'vitest';
import { minute } from '#server/testing/sample-events.ts';
import type { ProposalEvent } from '../../domain/proposal-events.ts';
import { evolveProposedTransfer, type ProposedTransfersRow } from './proposed-transfers-fold.ts';

const proposal = {
  fromAccountId: 'A-1',
  toAccountId: 'B-2',
  amount: 10_000_00n,
  currency: 'EUR',
  proposedBy: 'user:ada',
};
const proposed: ProposalEvent = { eventType: 'TransferProposed', eventData: proposal };

function fold(...events: readonly ProposalEvent[]): ProposedTransfersRow | undefined {
  return events.reduce<ProposedTransfersRow | undefined>(
    (row, event, index) =>
      evolveProposedTransfer(
        row,
        {
          ...event,
          aggregateId: 'transfer#T-1',
          eventId: `event-${index}`,
          eventSequence: index + 1,
          timestamp: minute(index),
          correlationId: 'correlation-1',
          causationId: 'command-1',
          version: 1,
          metadata: { actor: 'tester', commandId: 'command-1', commandType: 'Test' },
        },
        'T-1',
      ),
    undefined,
  );
}

const waiting: ProposedTransfersRow = {
  transferId: 'T-1',
  ...proposal,
  description: null,
  status: 'proposed',
  proposedAt: new Date('2026-01-01T00:00:00.000Z'),
  expiresAt: new Date('2026-01-08T00:00:00.000Z'),
  decidedBy: null,
  decidedAt: null,
  reason: null,
  version: 1,
};
const decided = { decidedBy: 'user:bob', decidedAt: new Date('2026-01-01T00:01:00.000Z') };

it('says what waits until when, and who decided what', () => {
  expect(fold(proposed)).toEqual(waiting);
  const approved: ProposalEvent = {
    eventType: 'TransferApproved',
    eventData: { approvedBy: 'user:bob' },
  };
  expect(fold(proposed, approved)).toEqual({
    ...waiting,
    ...decided,
    status: 'approved',
    version: 2,
  });
  const eventData = { declinedBy: 'user:bob', reason: 'Too much' };
  expect(fold(proposed, { eventType: 'TransferDeclined', eventData })).toEqual({
    ...waiting,
    ...decided,
    status: 'declined',
    reason: 'Too much',
    version: 2,
  });
  expect(() => fold(approved)).toThrow(/is the first event of transfer T-1/);
});
