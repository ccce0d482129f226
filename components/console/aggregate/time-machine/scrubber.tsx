'use client';

import type { KeyboardEvent, Ref } from 'react';
import { RangeSlider } from '#components/ui/range-slider.tsx';
import { formatCount } from '#lib/count-format.ts';
import { formatDay } from '#lib/time-format.ts';
import { readTime, type Standing } from './standing.ts';
import type { TimeMachineParts } from './time-machine-parts.ts';
import { toLongStep } from './use-time-machine-keys.ts';

export type ScrubberProps = {
  standing: Standing;
  parts: TimeMachineParts;
  /** What it is compared with, where that was chosen. */
  from: number | undefined;
  onMove: (sequence: number) => void;
  onToggle: () => void;
  ref?: Ref<HTMLInputElement>;
};

/** The slider over all sequences, from before the first event to the newest event. */
export function Scrubber({ onMove, onToggle, ref, standing, parts, from }: ScrubberProps) {
  const { position, version } = standing;

  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? toLongStep(event.key) : undefined;
    if (step !== undefined) {
      event.preventDefault();
      onMove(position + step);
    } else if (event.key === ' ') {
      event.preventDefault();
      onToggle();
    }
  }

  return (
    <RangeSlider
      ref={ref}
      label="Position in its history"
      valueText={toValueText(standing, parts)}
      min={0}
      max={version}
      value={position}
      {...(from !== undefined && { from })}
      onMove={onMove}
      onKeyDown={onKeyDown}
    />
  );
}

/** "Event 120 of 10,000, 3 Nov 2026, balance 120.00 EUR". */
function toValueText(standing: Standing, { beginning, toTime, toText }: TimeMachineParts): string {
  const { position, version } = standing;
  if (position === 0) {
    return `Before ${beginning ?? 'the first event'}, 0 of ${formatCount(version)}`;
  }
  const at = readTime(standing) ?? toTime?.(standing);
  const parts = [
    `Event ${formatCount(position)} of ${formatCount(version)}`,
    at === undefined ? undefined : formatDay(at),
    toText?.(standing),
  ];
  return parts.filter(Boolean).join(', ');
}
