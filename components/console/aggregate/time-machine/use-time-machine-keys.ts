'use client';

import { useHotkeys } from '@mantine/hooks';
import { useShortcuts } from '#components/ui/shortcuts.tsx';

/** So many events a long step is. */
const LONG_STEP = 10;

const DIRECTIONS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};

/** How far Shift with this key goes; undefined for a key that does not go anywhere. */
export function toLongStep(key: string): number | undefined {
  const direction = DIRECTIONS[key];
  return direction === undefined ? undefined : direction * LONG_STEP;
}

export type TimeMachineKeysOptions = {
  position: number;
  version: number;
  go: (sequence: number) => void;
  toggle: () => void;
  /** Compares with the position from now on, or again with the event before. */
  compare: () => void;
};

const GROUP = { group: 'Time machine' };

/** The time machine's keys, wherever on the page no control takes them. */
export function useTimeMachineKeys({
  position,
  version,
  go,
  toggle,
  compare,
}: TimeMachineKeysOptions) {
  useShortcuts([
    {
      ...GROUP,
      id: 'time-machine-play',
      keys: 'k',
      label: 'Play or pause (Space as well)',
      run: toggle,
    },
    {
      ...GROUP,
      id: 'time-machine-compare',
      keys: 'c',
      label: 'Compare from here, or with the event before',
      run: compare,
    },
    {
      ...GROUP,
      id: 'time-machine-back',
      keys: 'ArrowLeft',
      label: 'One event back',
      run: () => go(position - 1),
    },
    {
      ...GROUP,
      id: 'time-machine-forward',
      keys: 'ArrowRight',
      label: 'One event forward',
      run: () => go(position + 1),
    },
    {
      ...GROUP,
      id: 'time-machine-long-back',
      keys: 'shift+ArrowLeft',
      label: `${LONG_STEP} events back`,
      run: () => go(position - LONG_STEP),
    },
    {
      ...GROUP,
      id: 'time-machine-long-forward',
      keys: 'shift+ArrowRight',
      label: `${LONG_STEP} events forward`,
      run: () => go(position + LONG_STEP),
    },
    {
      ...GROUP,
      id: 'time-machine-first',
      keys: 'Home',
      label: 'Before the first event',
      run: () => go(0),
    },
    {
      ...GROUP,
      id: 'time-machine-last',
      keys: 'End',
      label: 'The newest event',
      run: () => go(version),
    },
  ]);
  // A blank stands between the keys of a sequence in the registry, so Space is bound here.
  useHotkeys([['Space', toggle]], [...CONTROLS]);
}

/** Space is these elements' own key. */
const CONTROLS = ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A', 'LABEL', 'SUMMARY'];
