'use client';

import { Group } from '@mantine/core';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { nameEvent } from '#components/console/system/trouble-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import type { DeadLetterItem } from '#lib/contracts/dead-letters.ts';
import { describeSkip, toSkipRefusal } from './dead-letter-words.ts';
import { RetryButton } from './retry-button.tsx';

/** What ends the waiting at one event: in this view, or in all that wait at it. */
export function LetterActions({ letter }: { letter: DeadLetterItem }) {
  const words = useConsole();
  const { projection, aggregateId, eventSequence } = letter;
  const name = `${nameEvent(letter)} of ${words.nameAggregate(aggregateId).label}`;
  const view = words.nameView(projection).label;
  const skip = {
    kind: 'skip-dead-letter',
    isDestructive: true,
    reason: toSkipRefusal(letter),
  } as const;
  return (
    <Group gap="xs" mt="sm">
      <RetryButton
        label="Retry"
        title={`Retry ${name}`}
        filter={{ projection, aggregateId }}
        subject={`${nameEvent(letter)} in ${view}`}
      />
      <RetryButton
        label="Retry in every view"
        title={`Retry ${name} in every view`}
        filter={{ aggregateId }}
        subject={`What the aggregate waits at, in every view,`}
      />
      <OperationButton
        {...skip}
        input={{ projection, aggregateId, eventSequence }}
        label="Skip"
        title={`Skip ${name} in ${view}`}
        effect={describeSkip(words, letter, projection)}
      />
      <OperationButton
        {...skip}
        input={{ aggregateId, eventSequence }}
        label="Skip in every view"
        title={`Skip ${name} in every view`}
        effect={describeSkip(words, letter, null)}
      />
    </Group>
  );
}
