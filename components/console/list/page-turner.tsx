'use client';

import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { useRef } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';

export type PageTurnerProps = {
  /** Where this page begins; null at the first. */
  cursor: string | null;
  nextCursor: string | null;
  onTurn: (cursor: string | null) => void;
};

/** Turns pages by cursor. The page before is known when the reader came from it. */
export function PageTurner({ cursor, nextCursor, onTurn }: PageTurnerProps) {
  const before = useRef(new Map<string, string | null>());
  const previous = cursor === null ? undefined : before.current.get(cursor);
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
          reason={
            first ??
            (previous === undefined
              ? 'This page was opened by its link. Start from the first page.'
              : null)
          }
        >
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={() => onTurn(previous ?? null)}
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
