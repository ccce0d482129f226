'use client';

import { Skeleton } from '@mantine/core';
import { countOf } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { Tile } from './tile.tsx';
import { useVisibility } from './use-stats.ts';

/** How long a command's effect takes to be seen: half of them at most the first, all but one in twenty the second. */
export function VisibilityTile() {
  const { data, error, isPending } = useVisibility();
  if (isPending) {
    return <Skeleton height={118} radius="lg" />;
  }
  const measured = error ? null : (data?.measured ?? null);
  return (
    <Tile
      label="Write to visible, p50 / p95"
      value={
        measured === null ? 'Not measured' : `${toText(measured.p50)} / ${toText(measured.p95)}`
      }
      detail={
        error
          ? 'It cannot be read now'
          : measured === null
            ? 'No command came through here yet'
            : `Of ${countOf(measured.commands, 'command')}, the newest through here`
      }
      href="/commands"
      linkText="See the commands and their journeys"
    />
  );
}

function toText(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : formatSpan(milliseconds / 1_000);
}
