import { z } from 'zod';
import { toTransferId } from '#lib/modules/bank/transfer-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { toMinorUnits } from '#server/runtime/event-store/minor-units.ts';
import type { ProposalEvent } from './proposal-events.ts';
import { evolve, initialState, type ProposalState } from './proposal-state.ts';

const proposed = z.object({
  fromAccountId: z.string(),
  toAccountId: z.string(),
  amount: toMinorUnits(/^[1-9]\d{0,18}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  description: z.string().optional(),
  proposedBy: z.string(),
});
const facts = { ...proposed.shape, proposedAt: z.string() };
const decision = { decidedBy: z.string(), decidedAt: z.string() };

/** A transfer that another actor must approve: amounts are texts of minor units where they are stored. */
export const proposalAggregate: Aggregate<ProposalState, ProposalEvent> = {
  type: 'transfer',
  parseId: toTransferId,
  initialState,
  evolve,
  events: {
    TransferProposed: { schemaVersion: 1, codec: proposed },
    TransferApproved: { schemaVersion: 1, codec: z.object({ approvedBy: z.string() }) },
    TransferDeclined: {
      schemaVersion: 1,
      codec: z.object({ declinedBy: z.string(), reason: z.string() }),
    },
  },
  snapshot: {
    version: 1,
    codec: z.discriminatedUnion('status', [
      z.object({ status: z.literal('unproposed') }),
      z.object({ status: z.literal('proposed'), ...facts }),
      z.object({ status: z.enum(['approved', 'declined']), ...facts, ...decision }),
    ]),
  },
};
