'use client';

import type { KeyboardEvent, Ref } from 'react';
import { RangeSlider } from '#components/ui/range-slider.tsx';
import { formatCount } from '#lib/count-format.ts';
import { Scrubber } from './scrubber.tsx';
import type { Standing } from './standing.ts';
import type { TimeMachineParts } from './time-machine-parts.ts';
import classes from './track.module.css';
import type { Compared } from './use-compared.ts';
import { toLongStep } from './use-time-machine-keys.ts';

export type TrackProps = {
  standing: Standing;
  parts: TimeMachineParts;
  compared: Compared;
  /** The first event that cannot be folded. */
  wall: { readonly sequence: number } | null;
  onMove: (sequence: number) => void;
  onToggle: () => void;
  ref: Ref<HTMLInputElement>;
};

/** The history as one track with two handles: the position, and the state that it is compared with. */
export function Track({ standing, parts, compared, wall, onMove, onToggle, ref }: TrackProps) {
  const { version } = standing;
  function onKeyDown(event: KeyboardEvent) {
    const step = event.shiftKey ? toLongStep(event.key) : undefined;
    if (step !== undefined) {
      event.preventDefault();
      compared.choose(compared.sequence + step);
    } else if (event.key === 'Escape' && compared.chosen !== null) {
      compared.clear();
    }
  }
  return (
    <div className={classes.track} data-compares={compared.chosen !== null || undefined}>
      <Scrubber
        standing={standing}
        parts={parts}
        from={compared.chosen ?? undefined}
        ref={ref}
        onMove={onMove}
        onToggle={onToggle}
      />
      {wall ? (
        <span
          className={classes.wall}
          data-testid="wall"
          style={{
            left: `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${wall.sequence / version})`,
          }}
          title={`Unknown from event ${formatCount(wall.sequence)} on`}
        />
      ) : null}
      <div className={classes.compared}>
        <RangeSlider
          isSecond
          label="Compared with"
          valueText={toValueText(compared, version)}
          min={0}
          max={version}
          value={compared.sequence}
          onMove={compared.choose}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

/** "Event 4 of 10,000", or that nobody has chosen one. */
function toValueText({ chosen, sequence }: Compared, version: number): string {
  const place =
    sequence === 0
      ? `Before the first event, 0 of ${formatCount(version)}`
      : `Event ${formatCount(sequence)} of ${formatCount(version)}`;
  return chosen === null ? `${place}, the event before` : place;
}
