'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { type FormErrors, useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { useState, useTransition } from 'react';
import { keepDraft, OUTDATED_PAGE, useKeptDraft } from '#components/ui/draft.ts';
import type { ActionResult, CommandResult } from '#lib/contracts/commands.ts';
import { type FormField, toCommandInput } from '#lib/contracts/form-fields.ts';
import { CommandField } from './command-field.tsx';
import { DryRun } from './dry-run.tsx';
import type { FieldControl } from './field-control.ts';

/** The server action that issues a command of any module by its type. */
export type IssueCommand = (type: string, input: unknown) => Promise<ActionResult>;

export type CommandFormProps = {
  /** The command's type: "RegisterUser". */
  type: string;
  /** The fields that are asked for (`toFormFields`). */
  fields: readonly FormField[];
  /** What is not asked for: the ids of the aggregates that it is about, and what it replaces. */
  given?: Readonly<Record<string, unknown>>;
  /** What the fields begin with, by name. */
  initial?: Readonly<Record<string, string | readonly string[]>>;
  /** Controls of a module's own, by the names of their fields. */
  controls?: Readonly<Record<string, FieldControl>>;
  submitLabel: string;
  issue: IssueCommand;
  onAccepted: (result: CommandResult) => void;
  onCancel?: () => void;
};

type Values = Record<string, string | string[]>;

/** A command's form out of its schema. Mounted anew for each intention: its command id stands for one. */
export function CommandForm(props: CommandFormProps) {
  const {
    type,
    fields,
    given = {},
    initial = {},
    controls = {},
    submitLabel,
    issue,
    onAccepted,
    onCancel,
  } = props;
  const [commandId] = useState(() => crypto.randomUUID());
  // A command rests on what its reader saw, not on what others changed since.
  const [about] = useState(given);
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values>({
    initialValues: Object.fromEntries(
      fields.map((field) => {
        const value = initial[field.name] ?? (field.kind === 'choices' ? [] : field.initial);
        return [field.name, typeof value === 'string' ? value : [...value]];
      }),
    ),
    validate: (values) =>
      Object.fromEntries(
        fields.map(({ name, label, isRequired }) => [
          name,
          isRequired && values[name]?.length === 0 ? `${label}: this is needed.` : null,
        ]),
      ),
  });
  const draft = [type, ...Object.values(about)].join(' ');
  useKeptDraft(draft, (kept) => form.setValues(kept));

  function submit(values: Values) {
    setProblem(null);
    startTransition(async () => {
      const input = { ...toCommandInput(fields, values), ...about, commandId };
      const answer = await issue(type, input).catch((error: unknown) => {
        if (isUnrecognizedActionError(error)) {
          keepDraft(draft, toTexts(values));
          return OUTDATED;
        }
        return UNREACHABLE;
      });
      if (answer.ok) {
        onAccepted(answer.result);
        return;
      }
      const { field: path = '' } = answer;
      const [name = ''] = path.split('.', 1);
      if (fields.some((field) => field.name === name)) {
        // A control of a module's own shows what is wrong with a part of its field there.
        const place = controls[name] === undefined ? name : path;
        form.setFieldError(place, answer.message);
        form.getInputNode(place)?.focus();
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
        {fields.map((field, index) => {
          const { name } = field;
          const Control = controls[name];
          return Control === undefined ? (
            <CommandField
              key={name}
              field={field}
              isFirst={index === 0}
              input={form.getInputProps(name)}
            />
          ) : (
            <Control
              key={name}
              field={field}
              value={`${form.values[name] ?? ''}`}
              onChange={(value) => {
                form.setErrors(withoutBelow(form.errors, name));
                form.setFieldValue(name, value);
              }}
              errors={form.errors}
              values={form.values}
            />
          );
        })}
        <DryRun
          type={type}
          toInput={() => ({ ...toCommandInput(fields, form.getValues()), ...about, commandId })}
        />
        <Group justify="flex-end" mt="xs">
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Errors without those of a field and of its parts. */
function withoutBelow(errors: FormErrors, name: string): FormErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(([path]) => path !== name && !path.startsWith(`${name}.`)),
  );
}

function toTexts(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

const OUTDATED: ActionResult = { ok: false, code: 'OUTDATED', message: OUTDATED_PAGE };

const UNREACHABLE: ActionResult = {
  ok: false,
  code: 'UNREACHABLE',
  message:
    'The server did not answer, so nobody knows whether the command was accepted. Press again: the same command is never carried out twice.',
};
