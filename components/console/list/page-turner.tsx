'use client';

import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { useRef } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';

export type PageTurnerProps = {
  /** Where this page begins; null at the first. */
  cursor: string | null;
  nextCursor: string | null;
  /** The page before, also of one that was opened by its link; null at the first. */
  previousCursor: string | null;
  onTurn: (cursor: string | null) => void;
};

/** Turns pages by cursor. */
export function PageTurner({ cursor, nextCursor, previousCursor, onTurn }: PageTurnerProps) {
  // Where the reader came from: the first page by its own address follows what is new, by a cursor it does not.
  const before = useRef(new Map<string, string | null>());
  function previous() {
    const cameFrom = cursor === null ? undefined : before.current.get(cursor);
    onTurn(cameFrom === undefined ? previousCursor : cameFrom);
  }
  function next() {
    if (nextCursor !== null) {
      before.current.set(nextCursor, cursor);
      onTurn(nextCursor);
    }
  }
  const first = cursor === null ? 'This is the first page.' : null;
  return (
    <nav aria-label="Pages of the list">
      <Group gap={6}>
        <DisabledReason reason={first}>
          <Button
            variant="default"
            size="compact-md"
            aria-label="First page"
            onClick={() => onTurn(null)}
          >
            <IconChevronsLeft size={16} aria-hidden />
          </Button>
        </DisabledReason>
        <DisabledReason
          reason={first ?? (previousCursor === null ? 'There is no page before this one.' : null)}
        >
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={previous}
          >
            Previous
          </Button>
        </DisabledReason>
        <DisabledReason reason={nextCursor === null ? 'This is the last page.' : null}>
          <Button
            variant="default"
            size="compact-md"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            onClick={next}
          >
            Next
          </Button>
        </DisabledReason>
      </Group>
    </nav>
  );
}
