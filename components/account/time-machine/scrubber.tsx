'use client';

import { Box } from '@mantine/core';
import type { KeyboardEvent, Ref } from 'react';
import { formatCount } from '#lib/count-format.ts';
import { formatMoney } from '#lib/money.ts';
import { formatDay } from '#lib/time-format.ts';
import { readStanding, type Standing } from './readout.tsx';
import classes from './time-machine.module.css';
import { LONG_STEP } from './use-time-machine-keys.ts';

export type ScrubberProps = Standing & {
  onMove: (sequence: number) => void;
  onToggle: () => void;
  ref?: Ref<HTMLInputElement>;
};

/** The slider over all sequences, from before the opening to the newest event. */
export function Scrubber({ onMove, onToggle, ref, ...standing }: ScrubberProps) {
  const { position, version } = standing;

  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? LONG_STEPS[event.key] : undefined;
    if (step !== undefined) {
      event.preventDefault();
      onMove(position + step);
    } else if (event.key === ' ') {
      event.preventDefault();
      onToggle();
    }
  }

  return (
    <Box __vars={{ '--filled': `${(position / version) * 100}%` }}>
      <input
        ref={ref}
        type="range"
        className={classes.slider}
        aria-label="Position in the account’s history"
        aria-valuetext={toValueText(standing)}
        min={0}
        max={version}
        step={1}
        value={position}
        onChange={(event) => onMove(event.currentTarget.valueAsNumber)}
        onKeyDown={onKeyDown}
      />
    </Box>
  );
}

const LONG_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -LONG_STEP,
  ArrowDown: -LONG_STEP,
  ArrowRight: LONG_STEP,
  ArrowUp: LONG_STEP,
};

/** "Event 120 of 10,000, 3 Nov 2026, balance 120.00 EUR". */
function toValueText(standing: Standing): string {
  const { position, version, currency } = standing;
  if (position === 0) {
    return `Before the opening, 0 of ${formatCount(version)}`;
  }
  const { at, balance } = readStanding(standing);
  const parts = [
    `Event ${formatCount(position)} of ${formatCount(version)}`,
    at === undefined ? undefined : formatDay(at),
    balance === undefined
      ? undefined
      : `balance ${formatMoney({ amount: BigInt(balance), currency })}`,
  ];
  return parts.filter(Boolean).join(', ');
}
