'use client';

import { useEffect, useRef, useState } from 'react';
import { advance, type Speed } from './playback.ts';

export type PlaybackOptions = {
  position: number;
  version: number;
  moveTo: (sequence: number) => void;
  /** Whether the frame at a sequence can be shown without a wait. */
  isLoaded: (sequence: number) => boolean;
};

/**
 * Plays the events one after another. It waits for frames that have not come, stops at the newest
 * event, and begins again from the start when it is set going there.
 */
export function usePlayback({ position, version, moveTo, isLoaded }: PlaybackOptions) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(5);
  const latest = useRef({ position, version, speed, moveTo, isLoaded });
  useEffect(() => {
    latest.current = { position, version, speed, moveTo, isLoaded };
  });

  useEffect(() => {
    if (!playing) {
      return;
    }
    let before = performance.now();
    let carry = 0;
    let frame = requestAnimationFrame(function tick(now) {
      const step = latest.current;
      const milliseconds = now - before;
      before = now;
      if (step.isLoaded(step.position)) {
        const next = advance({ sequence: step.position, carry }, { ...step, milliseconds });
        carry = next.carry;
        if (next.sequence !== step.position) {
          step.moveTo(next.sequence);
        }
        if (next.sequence >= step.version) {
          setPlaying(false);
          return;
        }
      }
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  function toggle() {
    if (!playing && position >= version) {
      moveTo(0);
    }
    setPlaying(!playing);
  }

  return { playing, speed, setSpeed, toggle, pause: () => setPlaying(false) };
}
