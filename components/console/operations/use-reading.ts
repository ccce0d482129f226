'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useState, useTransition } from 'react';
import type { OperationKind, OperationState } from '#lib/contracts/operations.ts';
import { useRequestOperation } from './operation-provider.tsx';
import { sendRequest } from './send-request.ts';
import { isOver, useOperation } from './use-operation.ts';

/** An operation that only reads, asked for where its result is shown. */
export type Reading = {
  /** The one that is followed; undefined before it was asked for, and before the server's first word. */
  readonly operation: OperationState | undefined;
  readonly ask: () => void;
  readonly isUnderWay: boolean;
  /** Why it could not be asked for, or not be followed. */
  readonly problem: string | null;
};

type ReadingOptions = {
  readonly kind: OperationKind;
  readonly input: Readonly<Record<string, unknown>>;
  readonly subject: string;
  /** The parameter of the URL that has the operation's id, so that a reload shows the same result. */
  readonly param: string;
};

/** Asks for an operation that only reads, without a dialog or a reason, and follows it. */
export function useReading({ kind, input, subject, param }: ReadingOptions): Reading {
  const request = useRequestOperation();
  const [id, setId] = useQueryState(param, parseAsString.withOptions({ history: 'push' }));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSending, startTransition] = useTransition();
  const { data, error } = useOperation(id);
  const isOurs = data?.kind === kind && data.subject === subject;
  const operation = id !== null && isOurs ? data : undefined;

  function ask() {
    startTransition(async () => {
      const answer = await sendRequest(request, { id: crypto.randomUUID(), kind, input });
      setRefusal(answer.ok ? null : answer.message);
      if (answer.ok) {
        await setId(answer.id);
      }
    });
  }

  const isFollowed = id !== null && error === null && (data === undefined || !isOver(data));
  return {
    operation,
    ask,
    isUnderWay: isSending || isFollowed,
    problem:
      refusal ??
      error?.message ??
      (data && !isOurs ? 'The address names an operation of another kind or view.' : null),
  };
}
