import type { OperationDialog } from '#components/console/operations/operation-modal.tsx';
import type { WebhookDeliveryState, WebhookState } from '#lib/contracts/webhooks.ts';
import { countOf } from '#lib/count-format.ts';
import { ReplayCount } from './replay-count.tsx';
import { ReplayFields } from './replay-fields.tsx';

/** Stops a webhook, or lets it go on. */
export function toStatusDialog({ name, status, behind }: WebhookState): OperationDialog {
  const waits = `${countOf(behind, 'event')} of the journal ${behind === 1 ? 'waits' : 'wait'}`;
  return status === 'active'
    ? {
        kind: 'pause-webhook',
        input: { webhook: name },
        label: 'Pause',
        title: `Pause ${name}`,
        effect: 'Nothing is sent until it is resumed; nothing is lost by it.',
      }
    : {
        kind: 'resume-webhook',
        input: { webhook: name },
        label: 'Resume',
        title: `Resume ${name}`,
        effect: `It goes on where it stood: ${waits}.`,
      };
}

/** Sends one event again. */
export function toRedeliverDialog(
  { name }: WebhookState,
  { position, eventType, aggregateId }: WebhookDeliveryState,
): OperationDialog {
  return {
    kind: 'redeliver-webhook',
    input: { webhook: name, position },
    label: 'Redeliver',
    title: `Redeliver ${eventType} of ${aggregateId}`,
    effect: `It is sent to ${name} now, with the id that it had. Others are not sent again.`,
  };
}

/** Sends an event and all behind it again. */
export function toReplayDialog(
  { name }: WebhookState,
  { position }: WebhookDeliveryState,
): OperationDialog {
  return {
    kind: 'replay-webhook',
    input: { webhook: name, position: position - 1 },
    label: 'Replay from here',
    title: `Replay to ${name} from position ${position}`,
    effect: <ReplayCount name={name} from={{ position: position - 1 }} />,
  };
}

/** Sends everything again that the journal took in from a time on. */
export function toReplaySinceDialog({ name }: WebhookState): OperationDialog {
  return {
    kind: 'replay-webhook',
    input: { webhook: name },
    Fields: ReplayFields,
    label: 'Replay',
    title: `Replay to ${name} from a time`,
    effect: 'What the journal took in from then on is sent again, as far as it is meant for it.',
  };
}
