'use client';

import { Button } from '@mantine/core';
import { parseAsString, useQueryState } from 'nuqs';
import type { CommandDialogProps } from '#components/console/commands/command-dialog.tsx';
import type { CommandFormProps } from '#components/console/commands/command-form.tsx';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { useMissingRight } from '#components/ui/viewer.tsx';
import { operationsOf } from '#lib/rights.ts';

export type DecisionButtonProps = {
  transferId: string;
  label: string;
  title: string;
  explanation: string;
  /** Why it cannot be pressed now. */
  reason: string | null;
  form: CommandFormProps;
};

const CommandDialog = loadWhenOpened<CommandDialogProps>({
  load: () =>
    import('#components/console/commands/command-dialog.tsx').then(
      (module) => module.CommandDialog,
    ),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

/** A button of one row, whose form stands in the URL: `?command=ApproveTransfer:<transfer>`. */
export function DecisionButton(props: DecisionButtonProps) {
  const { transferId, label, title, explanation, form } = props;
  const missing = useMissingRight(operationsOf('bank'));
  const reason = missing ?? props.reason;
  const [chosen, choose] = useQueryState('command', parseAsString.withOptions({ history: 'push' }));
  const own = `${form.type}:${transferId}`;
  const close = () => choose(null);
  return (
    <>
      <DisabledReason reason={reason}>
        <Button size="compact-sm" variant="default" onClick={() => void choose(own)}>
          {label}
        </Button>
      </DisabledReason>
      <CommandDialog
        opened={chosen === own && reason === null}
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
