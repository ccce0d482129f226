'use client';

import { Box } from '@mantine/core';
import type { ComponentProps } from 'react';
import classes from './range-slider.module.css';

export type RangeSliderProps = Pick<
  ComponentProps<'input'>,
  'ref' | 'onKeyDown' | 'onPointerDown' | 'onPointerUp'
> & {
  label: string;
  /** The value in words. */
  valueText: string;
  min: number;
  max: number;
  value: number;
  /** Where the filled part begins; its start without one. */
  from?: number;
  /** Beside another slider on the same track: a thumb that hangs below it, and no track. */
  isSecond?: boolean;
  onMove: (value: number) => void;
};

/** A slider over whole numbers, filled between `from` and its value. `--thumb` around it says how wide its thumb is. */
export function RangeSlider(props: RangeSliderProps) {
  const { label, valueText, min, max, value, from = min, isSecond, onMove, ...input } = props;
  const toShare = (at: number) => `${max === min ? 100 : ((at - min) / (max - min)) * 100}%`;
  return (
    <Box
      className={isSecond ? classes.second : undefined}
      __vars={{
        '--from': from === min ? '0%' : toShare(Math.min(from, value)),
        '--filled': toShare(Math.max(from, value)),
      }}
    >
      <input
        {...input}
        type="range"
        className={classes.slider}
        aria-label={label}
        aria-valuetext={valueText}
        min={min}
        max={max}
        step={1}
        value={value}
        onChange={(event) => onMove(event.currentTarget.valueAsNumber)}
      />
    </Box>
  );
}
