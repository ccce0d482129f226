'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { toOperationRight } from '#lib/operation-right.ts';
import type { OperationDialog } from './operation-modal.tsx';
import { useOperationDialog } from './operation-provider.tsx';

export type OperationButtonProps = OperationDialog & {
  button?: ButtonProps;
  /** Why it cannot be done now. */
  reason?: string | null;
};

/** A button for an operation, called as it; it opens its dialog. */
export function OperationButton({ button, reason = null, ...dialog }: OperationButtonProps) {
  const open = useOperationDialog();
  const missing = useMissingRight(toOperationRight(dialog.kind));
  return (
    <DisabledReason reason={missing ?? reason}>
      <Button variant="default" size="compact-sm" {...button} onClick={() => open(dialog)}>
        {dialog.label}
      </Button>
    </DisabledReason>
  );
}
