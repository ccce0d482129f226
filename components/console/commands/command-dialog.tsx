'use client';

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandForm, type CommandFormProps } from './command-form.tsx';

export type CommandDialogProps = {
  opened: boolean;
  title: string;
  /** What the command means, above its fields. */
  explanation: ReactNode;
  form: CommandFormProps & { onCancel: () => void };
};

/** A command's form over the page. */
export function CommandDialog({ opened, title, explanation, form }: CommandDialogProps) {
  return (
    <Modal opened={opened} onClose={form.onCancel} title={title} size="lg" centered>
      {explanation ? <p>{explanation}</p> : null}
      <CommandForm {...form} />
    </Modal>
  );
}
