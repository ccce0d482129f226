import type { OperationDialog } from '#components/console/operations/operation-modal.tsx';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import { ThresholdFields } from './threshold-fields.tsx';

/** Asks for another threshold of a projection's or a consumer's lag, and why. `seconds`: the one of now. */
export function toThresholdDialog(
  projection: string,
  label: string,
  seconds: number,
): OperationDialog {
  return {
    kind: 'set-lag-threshold',
    input: { projection, seconds },
    Fields: ThresholdFields,
    label: 'Change threshold',
    title: `Change the threshold of ${label}`,
    effect:
      'Once it is so many seconds behind the event store, Overview shows it as something that is wrong, and badges are red. Health and exit codes do not depend on it.',
  };
}

/** Asks why a projection or a consumer gets the default again. */
export function toDefaultThresholdDialog(projection: string, label: string): OperationDialog {
  return {
    kind: 'reset-lag-threshold',
    input: { projection },
    label: 'Use the default',
    title: `Use the default threshold for ${label}`,
    effect: `The threshold is ${DEFAULT_LAG_THRESHOLD_SECONDS} seconds again.`,
  };
}
