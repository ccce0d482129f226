'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect, useState } from 'react';
import { ApiError } from '#components/ui/api-client.ts';
import { readAgain } from '#components/ui/read-again.ts';
import {
  type AccountView,
  accountKey,
  awaitAccount,
  type Consistency,
} from '../account-queries.ts';
import { headerKey } from '../use-account.ts';
import { afterPaint } from './after-paint.ts';
import {
  type AcceptedCommand,
  type CommandProgress,
  isShown,
  toMeasure,
} from './command-progress.ts';

/**
 * Follows each accepted command until the page shows its balance, and measures how long that took.
 * `view` is what the header shows: the measure ends when that holds the command's event and has
 * been painted. `visible` keeps the milliseconds of this visit's commands that were shown from the
 * read model.
 */
export function useCommandProgress(accountId: string, consistency: Consistency, view: AccountView) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<CommandProgress>({ kind: 'none' });
  const [visible, setVisible] = useState<readonly number[]>([]);

  const shown = progress.kind === 'waiting' && isShown(progress, view);
  const source = shown ? view.source : null;

  useLayoutEffect(() => {
    if (progress.kind !== 'waiting' || source === null) {
      return;
    }
    return afterPaint((now) => {
      const measure = toMeasure(progress, now);
      const { sequence, commandId } = progress;
      setProgress({ kind: 'shown', measure, source, sequence, commandId });
      if (source === 'read-model') {
        setVisible((known) => [...known, measure.visible]);
      }
    });
  }, [progress, source]);

  async function follow(command: AcceptedCommand) {
    setProgress({ kind: 'waiting', problem: null, ...command });
    const key = headerKey(accountId, consistency);
    // A read that began before the command would put the old balance back.
    await queryClient.cancelQueries({ queryKey: key });
    if (consistency === 'eventual') {
      try {
        const projected = await awaitAccount(accountId, command.sequence);
        queryClient.setQueryData<AccountView>(key, (known) =>
          known && known.account.version > projected.account.version ? known : projected,
        );
      } catch (error) {
        setProgress((now) =>
          now.kind === 'waiting' && now.sequence === command.sequence
            ? { ...now, problem: toSentence(error) }
            : now,
        );
        void readAgain(queryClient, { queryKey: key });
      }
    }
    for (const source of [
      'event-store',
      'account-summaries',
      'transactions',
      'hot-views',
    ] as const) {
      void readAgain(queryClient, { queryKey: accountKey(accountId, source) });
    }
  }

  return { progress, visible, follow };
}

function toSentence(error: unknown): string {
  return error instanceof ApiError ? error.message : 'The read model could not be read.';
}
