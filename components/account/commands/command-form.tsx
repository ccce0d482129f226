'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';

export type CommandFormProps = {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  /** What the button does: "Deposit". */
  verb: string;
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
  verb,
  destructive = false,
  pending,
  problem,
  children,
}: CommandFormProps) {
  return (
    <form onSubmit={onSubmit} noValidate aria-label={verb} aria-busy={pending}>
      <Stack gap="md">
        {children}
        {problem === null ? null : (
          <Alert color="red" icon={<IconAlertCircle size={18} aria-hidden />} role="alert">
            {problem}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} color={destructive ? 'red' : undefined}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
