import type { OperationKind } from '#lib/contracts/operations.ts';

const NAMES: Readonly<Record<OperationKind, string>> = {
  'pause-projection': 'Pause',
  'resume-projection': 'Resume',
  'retry-dead-letters': 'Retry of dead letters',
  'skip-dead-letter': 'Skip of a dead letter',
  'estimate-rebuild': 'Dry run of a rebuild',
  rebuild: 'Rebuild',
  'cancel-rebuild': 'Cancellation of a rebuild',
  'compare-rebuild': 'Comparison of two generations',
  'swap-rebuild': 'Swap',
  'discard-rebuild': 'Discard of a new generation',
  'roll-back': 'Rollback',
  'discard-previous': 'Discard of the previous generation',
  repair: 'Repair',
  reconcile: 'Reconciliation',
  'set-lag-threshold': 'Threshold of lag',
  'reset-lag-threshold': 'Default threshold of lag',
  'acknowledge-alert': 'Acknowledgement',
  'snooze-alert': 'Snooze',
  'show-alert-again': 'Acknowledgement or snooze taken back',
  'restart-worker': 'Restart of the worker',
  'pause-webhook': 'Pause of a webhook',
  'resume-webhook': 'Resumption of a webhook',
  'replay-webhook': 'Replay to a webhook',
  'redeliver-webhook': 'Redelivery to a webhook',
  'change-webhook': 'Change of a webhook',
  'delete-webhook': 'Deletion of a webhook',
};

/** What an operation of a kind is called; a kind that this program does not know is named by itself. */
export function toOperationName(kind: string): string {
  return Object.entries(NAMES).find(([known]) => known === kind)?.[1] ?? kind;
}
