'use client';

import { useForm } from '@mantine/form';
import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { keepDraft, OUTDATED_PAGE, useKeptDraft } from '#components/ui/draft.ts';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { CommandAction } from '../account-actions.ts';
import type { AcceptedCommand } from './command-progress.ts';

/** What a form calls when its command was accepted. */
export type OnAccepted = (command: AcceptedCommand) => void;

export type CommandFormOptions<Values, Input> = {
  initialValues: Values;
  action: CommandAction<Input>;
  toInput: (values: Values) => Input;
  /** The account of this page: the command's token for it is what the page waits for. */
  accountId: string;
  onAccepted: OnAccepted;
};

const NO_ANSWER =
  'No answer came, so it is not known whether the command was accepted. Try again: it is carried ' +
  'out once, however often it is sent.';

/**
 * A command's form. The command's id is made once, when the form is opened, so that pressing twice,
 * or again after a broken connection, is one command; a form that has succeeded is gone, and the
 * next one has an id of its own. Errors come from the server and stand at their input.
 */
export function useCommandForm<Values extends Record<string, string>, Input extends object>({
  initialValues,
  action,
  toInput,
  accountId,
  onAccepted,
}: CommandFormOptions<Values, Input>) {
  const form = useForm<Values>({ initialValues });
  const [commandId] = useState(() => crypto.randomUUID());
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);
  // The fields tell the account's forms apart.
  const draft = [accountId, ...Object.keys(initialValues)].join(' ');
  useKeptDraft(draft, (kept) => form.setValues({ ...initialValues, ...kept }));

  const toSent = () => ({ ...toInput(form.getValues()), commandId });

  async function submit(event: FormEvent<HTMLFormElement>) {
    const startedAt = performance.now();
    event.preventDefault();
    if (sending.current) {
      return;
    }
    sending.current = true;
    setPending(true);
    setProblem(null);
    form.clearErrors();
    const answer = await action(toSent()).catch((error: unknown) =>
      isUnrecognizedActionError(error) ? ('outdated' as const) : null,
    );
    const acceptedAt = performance.now();
    sending.current = false;
    setPending(false);
    if (answer === null) {
      setProblem(NO_ANSWER);
    } else if (answer === 'outdated') {
      keepDraft(draft, form.getValues());
      setProblem(OUTDATED_PAGE);
    } else if (answer.ok) {
      const token = answer.result.tokens.find(
        (one) => one.aggregateId === toAggregateId('account', accountId),
      );
      onAccepted({ commandId, startedAt, acceptedAt, sequence: token?.sequence ?? 0 });
    } else {
      // An amount is typed as one text, and read as an amount of a currency.
      const field = answer.field === 'currency' ? 'amount' : answer.field;
      if (field === undefined || !Object.hasOwn(initialValues, field)) {
        setProblem(answer.message);
      } else {
        form.setErrors({ [field]: answer.message });
        form.getInputNode(field)?.focus();
      }
    }
  }

  return { form, pending, problem, submit, toSent };
}
