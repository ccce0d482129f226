'use client';

import { Group } from '@mantine/core';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { notify } from '#components/ui/notify.ts';
import { Time } from '#components/ui/time.tsx';
import { useViewer } from '#components/ui/viewer.tsx';
import { toFormFields } from '#lib/contracts/form-fields.ts';
import { declineTransferSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import type { ProposedTransfer } from '#lib/modules/bank/queries.ts';
import { formatMoney } from '#lib/money.ts';
import { DecisionButton } from './decision-button.tsx';

const REFUSAL_FIELDS = toFormFields(declineTransferSchema, BANK_FIELD_LABELS).filter(
  ({ name }) => name === 'reason',
);

export type DecisionProps = { transfer: ProposedTransfer; issue: IssueCommand };

/** Who decided on a proposed transfer; while nobody has, the buttons for it. */
export function Decision({ transfer, issue }: DecisionProps) {
  const viewer = useViewer();
  const { transferId, fromAccountId, toAccountId, status, decidedBy, decidedAt, reason } = transfer;
  if (status !== 'proposed') {
    return (
      <>
        {decidedBy}
        {reason === null ? '' : `: ${reason}`}
        {decidedAt === null ? null : (
          <>
            {' '}
            <Time iso={decidedAt} />
          </>
        )}
      </>
    );
  }
  const amount = formatMoney({ amount: BigInt(transfer.amount), currency: transfer.currency });
  const what = `${amount} from ${fromAccountId} to ${toAccountId}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <DecisionButton
        transferId={transferId}
        label="Approve"
        title={`Approve ${what}`}
        explanation="The transfer is booked at once, both sides of it."
        reason={toObstacle(transfer, viewer?.actor)}
        form={{
          type: 'ApproveTransfer',
          fields: [],
          given: { transferId, fromAccountId, toAccountId },
          submitLabel: 'Approve transfer',
          issue,
          onAccepted: () => notify({ title: 'Approved', message: `${what} is booked.` }),
        }}
      />
      <DecisionButton
        transferId={transferId}
        label="Decline"
        title={`Decline ${what}`}
        explanation="Nothing is booked. Whoever proposed it can ask for it anew."
        reason={null}
        form={{
          type: 'DeclineTransfer',
          fields: REFUSAL_FIELDS,
          given: { transferId },
          submitLabel: 'Decline transfer',
          issue,
          onAccepted: () => notify({ title: 'Declined', message: `${what} is not booked.` }),
        }}
      />
    </Group>
  );
}

/** Why this viewer cannot approve the transfer, whatever their rights are; null when nothing is in the way. */
function toObstacle(
  { proposedBy, expiresAt }: ProposedTransfer,
  actor: string | undefined,
): string | null {
  if (actor === proposedBy) {
    return 'You have proposed this transfer: somebody else must approve it.';
  }
  return Date.parse(expiresAt) <= Date.now()
    ? `It could be approved until ${expiresAt.slice(0, 10)}: decline it, and ask for it anew.`
    : null;
}
