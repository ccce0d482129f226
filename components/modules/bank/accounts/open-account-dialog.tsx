'use client';

import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { useState, useTransition } from 'react';
import { useOpenAggregate } from '#components/console/commands/use-open-aggregate.ts';
import { keepDraft, OUTDATED_PAGE, useKeptDraft } from '#components/ui/draft.ts';
import type { ActionResult } from '#lib/contracts/commands.ts';
import { CURRENCY_CODES } from '#lib/currencies.ts';

/** The server action: takes the fields with a commandId, and answers errors as data. */
export type OpenAccountAction = (input: unknown) => Promise<ActionResult>;

export type OpenAccountDialogProps = {
  opened: boolean;
  onClose: () => void;
  openAccount: OpenAccountAction;
};

/** Opens an account and ends on its page. */
export function OpenAccountDialog({ opened, onClose, openAccount }: OpenAccountDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Open an account" centered>
      <OpenAccountForm onClose={onClose} openAccount={openAccount} />
    </Modal>
  );
}

const FIELDS = ['owner', 'number', 'currency', 'overdraftLimit'] as const;

type FormProps = Pick<OpenAccountDialogProps, 'onClose' | 'openAccount'>;

/** Mounted anew each time the dialog opens, so that its commandId stands for one intention. */
function OpenAccountForm({ onClose, openAccount }: FormProps) {
  const open = useOpenAggregate('account', '/api/accounts');
  const [commandId] = useState(() => crypto.randomUUID());
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { owner: '', number: '', currency: 'EUR', overdraftLimit: '0' },
    validate: {
      owner: (value) => (value.trim() ? null : 'Who owns the account?'),
      number: (value) => (value.trim() ? null : 'An account needs a number.'),
    },
  });

  useKeptDraft(DRAFT, (kept) => form.setValues(kept));

  function submit(values: typeof form.values) {
    setProblem(null);
    startTransition(async () => {
      const answer = await openAccount({ ...values, commandId }).catch((error: unknown) => {
        if (isUnrecognizedActionError(error)) {
          keepDraft(DRAFT, values);
          return OUTDATED;
        }
        return UNREACHABLE;
      });
      if (answer.ok) {
        open(answer.result);
        return;
      }
      const field = FIELDS.find((name) => name === answer.field);
      if (field) {
        form.setFieldError(field, answer.message);
        form.getInputNode(field)?.focus();
      } else {
        setProblem(answer.message);
      }
    });
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="sm">
        {problem ? (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {problem}
          </Alert>
        ) : null}
        <TextInput
          label="Owner"
          description="The person or company that the account belongs to"
          withAsterisk
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('owner')}
        />
        <TextInput
          label="Account number"
          description="Unique in the bank: up to 34 letters, digits and hyphens, such as an IBAN"
          withAsterisk
          autoComplete="off"
          {...form.getInputProps('number')}
        />
        <Group grow align="flex-start">
          <Select
            label="Currency"
            data={[...CURRENCY_CODES]}
            searchable
            allowDeselect={false}
            maxDropdownHeight={220}
            {...form.getInputProps('currency')}
          />
          <TextInput
            label="Overdraft limit"
            inputMode="decimal"
            rightSection={<span aria-hidden>{form.values.currency}</span>}
            rightSectionWidth={52}
            autoComplete="off"
            {...form.getInputProps('overdraftLimit')}
          />
        </Group>
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Open account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const DRAFT = 'open-account';

const OUTDATED: ActionResult = { ok: false, code: 'OUTDATED', message: OUTDATED_PAGE };

const UNREACHABLE: ActionResult = {
  ok: false,
  code: 'UNREACHABLE',
  message:
    'The server did not answer, so nobody knows whether the account was opened. Press again: the same command is never carried out twice.',
};
