import { Group } from '@mantine/core';
import { RetryButton } from '#components/console/dead-letters/retry-button.tsx';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { nameEvent, nameViews } from '#components/console/system/trouble-words.ts';
import { useConsole } from '#components/console/use-console.tsx';
import type { EventTrouble } from '#lib/contracts/system.ts';

/** What ends the waiting at an event. */
export function TroubleActions({ trouble }: { trouble: EventTrouble }) {
  const words = useConsole();
  const { aggregateId, eventSequence, waitsIn, isUnfoldable } = trouble;
  const { label, noun } = words.nameAggregate(aggregateId);
  const event = nameEvent(trouble);
  const views = nameViews(words, waitsIn);
  return (
    <Group gap="xs" mt="xs">
      <RetryButton
        label="Retry"
        title={`Retry ${event} of ${label}`}
        filter={{ aggregateId }}
        subject={`${event} in ${views}`}
      />
      <OperationButton
        kind="skip-dead-letter"
        input={{ aggregateId, eventSequence }}
        label="Skip"
        title={`Skip ${event} of ${label}`}
        isDestructive
        effect={
          <>
            {event} is left out of {views} for ever, and what waits behind it is applied. From then
            on these views differ from the events, which reconcile shows as explained by this skip.
            {isUnfoldable
              ? ` Commands on the ${noun} stay refused: no program can fold the event.`
              : ''}
          </>
        }
      />
    </Group>
  );
}
