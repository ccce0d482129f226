'use client';

import { NumberInput } from '@mantine/core';
import type { OperationFieldsProps } from '#components/console/operations/operation-form.tsx';
import { MOST_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';

/** From how many seconds behind a view is a cause for attention. */
export function ThresholdFields({ input, onChange }: OperationFieldsProps) {
  return (
    <NumberInput
      label="Threshold in seconds"
      min={1}
      max={MOST_LAG_THRESHOLD_SECONDS}
      clampBehavior="none"
      value={typeof input.seconds === 'number' ? input.seconds : ''}
      onChange={(seconds) => onChange({ ...input, seconds })}
    />
  );
}
