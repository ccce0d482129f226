'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import type { Right } from '#lib/rights.ts';
import type { CommandDialogProps } from './command-dialog.tsx';
import type { CommandFormProps } from './command-form.tsx';

export type CommandButtonProps = Omit<CommandFormProps, 'submitLabel' | 'onCancel'> & {
  /** What one must hold to issue it. */
  right: Right;
  label: string;
  /** What the dialog is called; without it, as the button is. */
  title?: string;
  /** What the form's button says; without it, what this one does. */
  submitLabel?: string;
  /** What the command means, above its fields. */
  explanation?: ReactNode;
  button?: ButtonProps;
  /** Why the command cannot be issued now. */
  reason?: string | null;
};

const CommandDialog = loadWhenOpened<CommandDialogProps>({
  load: () => import('./command-dialog.tsx').then((module) => module.CommandDialog),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

/** A button that opens a command's form, which stands in the URL: `?command=<type>`. A page has one of a type. */
export function CommandButton(props: CommandButtonProps) {
  const { label, title = label, explanation, button, right, ...given } = props;
  const missing = useMissingRight(right);
  const reason = missing ?? props.reason ?? null;
  const form = { submitLabel: label, ...given };
  const [chosen, choose] = useQueryState('command', parseAsString.withOptions({ history: 'push' }));
  const close = () => choose(null);
  return (
    <>
      <DisabledReason reason={reason}>
        <Button {...button} onClick={() => void choose(form.type)}>
          {label}
        </Button>
      </DisabledReason>
      <CommandDialog
        opened={chosen === form.type && reason === null}
        title={title}
        explanation={explanation}
        form={{
          ...form,
          onAccepted: (result) => void close().then(() => form.onAccepted(result)),
          onCancel: () => void close(),
        }}
      />
    </>
  );
}
