'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import { DryRun, type DryRunProps } from '#components/console/commands/dry-run.tsx';

export type CommandFormProps = {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  /** The command as it stands in the form, and its type: for a dry run. */
  dryRun: DryRunProps;
  /** What the button does: "Deposit". */
  label: string;
  destructive?: boolean;
  pending: boolean;
  /** What went wrong and belongs to no single input. */
  problem: string | null;
  children: ReactNode;
};

/** The frame of a command's form: inputs, what went wrong, and the buttons. */
export function CommandForm({
  onSubmit,
  onCancel,
  dryRun,
  label,
  destructive = false,
  pending,
  problem,
  children,
}: CommandFormProps) {
  return (
    <form onSubmit={onSubmit} noValidate aria-label={label} aria-busy={pending}>
      <Stack gap="md">
        {children}
        {problem === null ? null : (
          <Alert color="red" icon={<IconAlertCircle size={18} aria-hidden />} role="alert">
            {problem}
          </Alert>
        )}
        <DryRun {...dryRun} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} color={destructive ? 'red' : undefined}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
