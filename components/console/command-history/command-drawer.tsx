'use client';

import { Drawer, Group, Text } from '@mantine/core';
import { CopyLink } from '#components/console/events/copy-link.tsx';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { CommandFacts } from './command-facts.tsx';
import { toCommandHref, toOutcomeWords } from './command-words.ts';
import { JourneyTable } from './journey-table.tsx';
import { useJourney } from './use-journey.ts';

export type CommandDrawerProps = {
  /** The command whose details are open; null closes it. */
  id: string | null;
  correlation: string | null;
  onClose: () => void;
};

/** One command of the history in full, with its way, beside the list. */
export function CommandDrawer({ id, correlation, onClose }: CommandDrawerProps) {
  const query = useJourney(id, correlation);
  const journey = query.data;
  const outcome = journey && toOutcomeWords(journey.command);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={600}
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={
        <Text component="span" fw={600}>
          {journey ? toEventTypeName(journey.command.commandType) : 'Command'}
        </Text>
      }
      returnFocus={false}
    >
      <Group gap={8} mb="sm">
        {outcome ? <StatusBadge tone={outcome.tone}>{outcome.text}</StatusBadge> : null}
        <CopyLink path={toCommandHref(id ?? '', correlation ?? undefined)} compact />
      </Group>
      {journey ? (
        <>
          {journey.steps.length > 0 ? <JourneyTable journey={journey} /> : null}
          <CommandFacts command={journey.command} />
        </>
      ) : null}
      {query.isPending ? <PanelSkeleton lines={8} /> : null}
      {query.error ? (
        <QueryError
          error={query.error}
          what="Command"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
          compact={journey !== undefined}
        />
      ) : null}
    </Drawer>
  );
}
