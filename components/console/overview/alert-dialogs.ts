import type { OperationDialog } from '#components/console/operations/operation-modal.tsx';
import type { AttentionItem } from './attention.ts';
import { SnoozeFields } from './snooze-fields.tsx';

const HOUR_MS = 3_600_000;

type Named = Pick<AttentionItem, 'id' | 'title'>;

const HONEST =
  'Nothing is mended by it: badges, the header, health and exit codes say what they said. Only its place on Overview changes.';

/**
 * What makes an alert quiet, or takes that back; nothing for what cannot be quiet. `now`: milliseconds since
 * 1970 by the server's clock.
 */
export function toAlertDialogs(item: AttentionItem, now: number): OperationDialog[] {
  const { seen, response } = item;
  if (seen === null) {
    return [];
  }
  return response === null
    ? [toAcknowledgeDialog(item, seen), toSnoozeDialog(item, seen, now)]
    : [toShowAgainDialog(item)];
}

/** Asks why an alert is acknowledged. `seen`: how large it is. */
function toAcknowledgeDialog({ id, title }: Named, seen: number): OperationDialog {
  return {
    kind: 'acknowledge-alert',
    input: { alert: id, title, seen },
    label: 'Acknowledge',
    title: `Acknowledge: ${title}`,
    effect: `It is listed below the others until it ends. Should it get worse or come back, it is shown as new. ${HONEST}`,
  };
}

/** Asks until when an alert is snoozed, and why. */
function toSnoozeDialog({ id, title }: Named, seen: number, now: number): OperationDialog {
  return {
    kind: 'snooze-alert',
    input: { alert: id, title, seen, until: new Date(now + HOUR_MS).toISOString() },
    Fields: SnoozeFields,
    label: 'Snooze',
    title: `Snooze: ${title}`,
    effect: `It is listed below the others until that time, also where it ends and comes back meanwhile. Should it get worse, it is shown as new. ${HONEST}`,
  };
}

/** Asks why an acknowledgement or a snooze is taken back. */
function toShowAgainDialog({ id, title }: Named): OperationDialog {
  return {
    kind: 'show-alert-again',
    input: { alert: id, title },
    label: 'Take back',
    title: `Show again: ${title}`,
    effect: 'It is shown among the others again, at once.',
  };
}
