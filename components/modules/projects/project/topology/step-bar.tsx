'use client';

import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type PointerEvent, useRef } from 'react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { RangeSlider } from '#components/ui/range-slider.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import classes from './step-bar.module.css';
import type { StepHistory } from './use-topology-state.ts';

export type StepBarProps = {
  step: number;
  version: number;
  /** The time of the event at the step; undefined until it is known. */
  at: string | undefined;
  /** What happened there. */
  sentence: string;
  onStep: (to: number, history?: StepHistory) => void;
};

/** Steps through a project's events by buttons, keys and a slider. */
export function StepBar({ step, version, at, sentence, onStep }: StepBarProps) {
  const slider = useRef<HTMLInputElement>(null);
  /** Whether a drag has moved the slider: all its steps are one entry of the browser's history. */
  const hasMoved = useRef<boolean | null>(null);
  const group = 'Topology';
  useShortcuts([
    { group, id: 'topology-back', keys: 'ArrowLeft', label: 'One event back', run: back },
    { group, id: 'topology-forward', keys: 'ArrowRight', label: 'One event forward', run: forward },
    { group, id: 'topology-first', keys: 'Home', label: 'First event', run: () => onStep(1) },
    { group, id: 'topology-last', keys: 'End', label: 'Newest event', run: () => onStep(version) },
  ]);

  function back() {
    onStep(step - 1);
  }

  function forward() {
    onStep(step + 1);
  }

  function move(to: number) {
    onStep(to, hasMoved.current === true ? 'replace' : 'push');
    if (hasMoved.current !== null) {
      hasMoved.current = true;
    }
  }

  /** After a click the keys are the slider's, and not those of the button that was pressed. */
  function takeKeys(event: PointerEvent<HTMLElement>) {
    if (event.target instanceof Element && event.target.closest('button') !== null) {
      // The click, which may give the focus to a control, comes after this event.
      setTimeout(() => slider.current?.focus({ preventScroll: true }));
    }
  }

  const position = `Event ${formatCount(step)} of ${formatCount(version)}`;
  return (
    <div className={classes.bar}>
      <div className={classes.line}>
        <Group gap={6} role="group" aria-label="Steps through its events" onPointerUp={takeKeys}>
          <DisabledReason reason={step <= 1 ? 'This is the first event.' : null}>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconChevronLeft size={14} aria-hidden />}
              onClick={back}
            >
              Previous event
            </Button>
          </DisabledReason>
          <DisabledReason reason={step >= version ? 'This is the newest event.' : null}>
            <Button
              variant="default"
              size="compact-sm"
              rightSection={<IconChevronRight size={14} aria-hidden />}
              onClick={forward}
            >
              Next event
            </Button>
          </DisabledReason>
        </Group>
        <span className={classes.position}>{position}</span>
        {at === undefined ? null : (
          <span className={classes.time}>
            <Time iso={at} />
          </span>
        )}
        <span aria-live="polite">{sentence}</span>
      </div>
      <RangeSlider
        ref={slider}
        label="Step in its history"
        valueText={position}
        min={1}
        max={version}
        value={step}
        onMove={move}
        onPointerDown={() => {
          hasMoved.current = false;
        }}
        onPointerUp={() => {
          hasMoved.current = null;
        }}
      />
    </div>
  );
}
