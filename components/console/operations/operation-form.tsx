'use client';

import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import {
  type ComponentType,
  type FormEvent,
  type ReactNode,
  useEffect,
  useState,
  useTransition,
} from 'react';
import { readAgain } from '#components/ui/read-again.ts';
import type { OperationKind, OperationState } from '#lib/contracts/operations.ts';
import { OperationOutcome } from './operation-outcome.tsx';
import { type RequestOperation, sendRequest } from './send-request.ts';
import { isOver, useOperation } from './use-operation.ts';

export type OperationInput = Readonly<Record<string, unknown>>;

export type OperationFieldsProps = {
  input: OperationInput;
  onChange: (input: OperationInput) => void;
};

export type OperationFormProps = {
  kind: OperationKind;
  input: OperationInput;
  /** Fields for what of the input somebody still chooses. */
  Fields?: ComponentType<OperationFieldsProps>;
  label: string;
  /** What it will change, before it is asked for. */
  effect: ReactNode;
  /** It cannot be taken back. */
  isDestructive?: boolean;
  /** More of what came of it than a sentence. */
  toDetails?: (operation: OperationState) => ReactNode;
  request: RequestOperation;
  onClose: () => void;
};

/** Shows an operation's effect, asks for a reason, and follows it. Mounted anew for each intention. */
export function OperationForm(props: OperationFormProps) {
  const { kind, label, effect, Fields, isDestructive = false, toDetails, request, onClose } = props;
  const queryClient = useQueryClient();
  const [id] = useState(() => crypto.randomUUID());
  const [input, setInput] = useState(props.input);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const { data: operation, error } = useOperation(asked);
  const over = operation !== undefined && isOver(operation);

  useEffect(() => {
    if (over) {
      // It may have moved anything; what follows of it comes over the live stream.
      void readAgain(queryClient, {
        predicate: ({ queryKey }) => queryKey[0] !== 'operation',
      });
    }
  }, [over, queryClient]);

  function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(reason.trim() === '' ? 'Say why: the record of operators keeps it.' : null);
    if (reason.trim() === '') {
      return;
    }
    startTransition(async () => {
      const answer = await sendRequest(request, { id, kind, input, reason });
      if (answer.ok) {
        setAsked(answer.id);
      } else {
        setProblem(answer.message);
      }
    });
  }

  if (asked !== null) {
    return (
      <Stack gap="sm">
        {operation === undefined ? null : <OperationOutcome operation={operation} />}
        {operation === undefined || toDetails === undefined ? null : toDetails(operation)}
        {error ? <Alert color="yellow">{error.message}</Alert> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <div>{effect}</div>
        {Fields === undefined ? null : <Fields input={input} onChange={setInput} />}
        <Textarea
          label="Reason"
          description="For the record: who reads it later knows why."
          required
          data-autofocus
          autosize
          minRows={2}
          maxLength={1_000}
          value={reason}
          error={problem !== null && reason.trim() === '' ? problem : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {problem !== null && reason.trim() !== '' ? (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {problem}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} {...(isDestructive && { color: 'red' })}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
