'use client';

import { Drawer } from '@mantine/core';
import { useCloseBehind } from '#components/console/operations/operation-provider.tsx';
import { nameEvent } from '#components/console/system/trouble-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { ApiError } from '#components/ui/api-client.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { LetterFacts } from './letter-facts.tsx';
import { useDeadLetter } from './use-dead-letters.ts';
import type { LetterKey } from './use-letter-view.ts';

export type LetterDrawerProps = {
  /** The letter that is open; null closes it. */
  letter: LetterKey | null;
  onClose: () => void;
};

/** One dead letter in full, beside the list. */
export function LetterDrawer({ letter, onClose }: LetterDrawerProps) {
  const { nameAggregate } = useConsole();
  const { data, error, isPending, isFetching, refetch } = useDeadLetter(letter);
  const isGone = error instanceof ApiError && error.code === 'DEAD_LETTER_NOT_FOUND';
  const name = letter && {
    event: nameEvent({ eventType: null, ...data?.letter, eventSequence: letter.eventSequence }),
    aggregate: nameAggregate(letter.aggregateId).label,
  };
  return (
    <Drawer
      opened={letter !== null}
      onClose={useCloseBehind(onClose)}
      position="right"
      size={600}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={name ? `${name.event} of ${name.aggregate}` : 'Dead letter'}
    >
      {isGone ? (
        <EmptyState
          title="It waits here no more"
          hint="It was retried or skipped, or its view was rebuilt."
        />
      ) : data ? (
        <LetterFacts detail={data} />
      ) : null}
      {letter !== null && isPending ? <PanelSkeleton lines={8} /> : null}
      {error && !isGone ? (
        <QueryError
          error={error}
          what="Dead letter"
          compact={data !== undefined}
          retry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
    </Drawer>
  );
}
