'use client';

import { Box } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { usePreferences } from '#components/ui/preferences.tsx';
import type { Volume } from '#lib/contracts/queries.ts';
import { countOf } from '#lib/count-format.ts';
import { formatTime } from '#lib/time-format.ts';
import { type Brush, moveBrush, toBrushed } from './brush.ts';
import { toMinuteText } from './read-moment.ts';
import type { Span } from './time-filter.tsx';
import classes from './volume-bars.module.css';

type VolumeBarsProps = Volume & { onChoose: (span: Span) => void };

/**
 * Arrivals as bars. Dragging over some chooses their time; by keys the arrows move, with Shift they
 * widen, and Enter chooses.
 */
export function VolumeBars({ arrivals, stepSeconds, onChoose }: VolumeBarsProps) {
  const { timeZone } = usePreferences();
  const frame = useRef<HTMLDivElement>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const top = Math.max(1, ...arrivals.map(({ events }) => events));
  const brushed = toBrushed(
    brush ?? { anchor: 0, head: arrivals.length - 1 },
    arrivals,
    stepSeconds,
  );

  function choose() {
    if (brush !== null) {
      onChoose({ from: toMinuteText(brushed.from), to: toMinuteText(brushed.to) });
      setBrush(null);
    }
  }

  function at(event: PointerEvent): number {
    const box = frame.current?.getBoundingClientRect();
    const share = box ? (event.clientX - box.left) / box.width : 0;
    return Math.min(arrivals.length - 1, Math.max(0, Math.floor(share * arrivals.length)));
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      choose();
    } else if (event.key === 'Escape' && brush !== null) {
      event.stopPropagation();
      setBrush(null);
    } else {
      const next = moveBrush(brush, event, arrivals.length);
      if (next === undefined) {
        return;
      }
      setBrush(next);
    }
    event.preventDefault();
  }

  const text = `${toText(brushed.from)} to ${toText(brushed.to)}, ${countOf(brushed.events, 'event')}`;
  function toText(time: number): string {
    return formatTime(new Date(time).toISOString(), timeZone);
  }

  return (
    <>
      <div
        ref={frame}
        className={classes.bars}
        role="slider"
        tabIndex={0}
        aria-label="Time that is shown: arrows move, Shift and arrows widen, Enter chooses"
        aria-valuemin={0}
        aria-valuemax={arrivals.length - 1}
        aria-valuenow={brush?.head ?? arrivals.length - 1}
        aria-valuetext={text}
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ anchor: at(event), head: at(event) });
        }}
        onPointerMove={(event) => {
          if (brush !== null && event.buttons === 1) {
            setBrush({ ...brush, head: at(event) });
          }
        }}
        onPointerUp={choose}
        onPointerCancel={() => setBrush(null)}
      >
        {arrivals.map(({ at: from, events }, index) => (
          <Box
            key={from}
            component="span"
            className={classes.step}
            data-brushed={
              (brush !== null && index >= brushed.first && index <= brushed.last) || undefined
            }
            title={`${toText(Date.parse(from))}: ${countOf(events, 'event')}`}
            __vars={{ '--share': `${(events / top) * 100}%` }}
          />
        ))}
      </div>
      <p className={classes.axis}>
        <span>{toText(brushed.from)}</span>
        <span>{brush === null ? '' : `${countOf(brushed.events, 'event')} · Enter chooses`}</span>
        <span>{toText(brushed.to)}</span>
      </p>
    </>
  );
}
