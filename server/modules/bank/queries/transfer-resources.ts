import { eq } from 'drizzle-orm';
import { z } from 'zod';
import {
  type ProposedTransferAnswer,
  proposedTransferAnswerSchema,
  proposedTransfersPageSchema,
} from '#lib/modules/bank/queries.ts';
import { toTransferAggregateId } from '#lib/modules/bank/transfer-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { defineList } from '#server/runtime/queries/list.ts';
import { getListPage, toListParams, toListQuerySchema } from '#server/runtime/queries/list-page.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { type WaitForEventDeps, waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { proposalAggregate } from '../domain/proposal-aggregate.ts';
import { proposedTransfers } from '../views/proposed-transfers/proposed-transfers-table.ts';
import { proposedTransfersView } from '../views/proposed-transfers/proposed-transfers-view.ts';

/** Every proposed transfer. A search looks at every one: large transfers are thousands, not millions. */
export const proposedTransfersList = defineList(proposedTransfersView, {
  searched: ['fromAccountId', 'toAccountId', 'proposedBy', 'description', 'transferId'],
  facets: ['status', 'currency'],
  sorts: ['status', 'proposedAt'],
});

/** Proposed transfers by search, status and order. */
export const transfersResource = defineResource({
  path: '/transfers',
  summary: 'Lists transfers that were proposed: status=proposed for those that wait.',
  query: toListQuerySchema(proposedTransfersList),
  answer: proposedTransfersPageSchema,
  read: async ({ db, scans }, query) =>
    proposedTransfersPageSchema.parse(
      await getListPage(query.q ? scans : db, proposedTransfersList, toListParams(query)),
    ),
});

/** One proposed transfer. */
export const transferResource = defineResource({
  path: '/transfers/{transferId}',
  summary: 'Reads a transfer that was proposed, and what became of it.',
  aggregate: proposalAggregate,
  query: z.object(waitParams),
  answer: proposedTransferAnswerSchema,
  read: async (deps, query, transferId) => {
    await waitForEvent(
      deps,
      [proposedTransfersView.name],
      toTransferAggregateId(transferId),
      query,
    );
    return readProposedTransfer(deps, transferId);
  },
  toVersion: ({ transfer }) => transfer.version,
});

async function readProposedTransfer(
  { db }: Pick<WaitForEventDeps, 'db'>,
  transferId: string,
): Promise<ProposedTransferAnswer> {
  const freshness = await getFreshness(db, proposedTransfersView);
  const [row] = await db
    .select()
    .from(proposedTransfers)
    .where(eq(proposedTransfers.transferId, transferId));
  if (row === undefined) {
    const sentence = `There is no proposed transfer ${transferId} in the read model.`;
    throw new PlayheadError('TRANSFER_NOT_FOUND', sentence, { field: 'transferId' });
  }
  return {
    transfer: {
      ...row,
      amount: row.amount.toString(),
      proposedAt: row.proposedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    },
    freshness,
  };
}
