'use client';

import { useElementSize } from '@mantine/hooks';
import { memo, type PointerEvent } from 'react';
import { usePreferences } from '#components/ui/preferences.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { Outline } from '#lib/contracts/aggregates.ts';
import { formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { formatTime } from '#lib/time-format.ts';
import classes from './history-track.module.css';
import { rankTypes, type TypeMark, toBands } from './outline-marks.ts';
import { toTimeTicks } from './time-ticks.ts';
import { useOutline } from './use-outline.ts';

export type HistoryTrackProps = {
  aggregateId: string;
  version: number;
  onPick: (sequence: number) => void;
};

/** Under the track: what kinds of events there are and when they happened. Pressing it goes there. */
export function HistoryTrack({ aggregateId, version, onPick }: HistoryTrackProps) {
  const { data, error, refetch, isFetching } = useOutline(aggregateId, version);
  function onPointer({ buttons, currentTarget, clientX }: PointerEvent<HTMLDivElement>) {
    if (buttons === 1) {
      const { left, width } = currentTarget.getBoundingClientRect();
      onPick(Math.round(((clientX - left) / width) * version));
    }
  }
  if (data === undefined) {
    return error ? (
      <QueryError
        compact
        error={error}
        what="The times and types of its events (every state can still be seen)"
        retry={() => void refetch()}
        retrying={isFetching}
      />
    ) : (
      <div className={classes.room} />
    );
  }
  const marks = rankTypes(data.buckets);
  return (
    <>
      <div
        className={classes.history}
        data-testid="event-marks"
        aria-hidden
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <Marks outline={data} marks={marks} version={version} />
        <Axis outline={data} version={version} />
      </div>
      <Legend outline={data} marks={marks} version={version} />
    </>
  );
}

type DrawnProps = { outline: Outline; version: number };

/** A mark for each range of events, in the colours of their types; not drawn again while one scrubs. */
const Marks = memo(
  function Marks({ outline, marks, version }: DrawnProps & { marks: readonly TypeMark[] }) {
    return (
      <div className={classes.marks}>
        {outline.buckets.map((bucket) => {
          const bands = toBands(bucket, marks)
            .map(({ colour, from, to }) => `${colour} ${from}% ${to}%`)
            .join(', ');
          return bands === '' ? null : (
            <span
              key={bucket.from}
              className={classes.mark}
              style={{
                left: `${((bucket.from + bucket.to) / 2 / version) * 100}%`,
                width: `${((bucket.to - bucket.from + 1) / version) * 100}%`,
                backgroundImage: `linear-gradient(to top, ${bands})`,
              }}
            />
          );
        })}
      </div>
    );
  },
  (before, after) => before.outline === after.outline && before.version === after.version,
);

/** A tick's label takes so much room, in pixels. */
const LABEL_PX = 150;

/** The times of some events, evenly over the track. */
const Axis = memo(function Axis({ outline, version }: DrawnProps) {
  const { timeZone } = usePreferences();
  const { ref, width } = useElementSize();
  const most = Math.min(8, Math.max(2, Math.floor(width / LABEL_PX)));
  return (
    <div ref={ref} className={classes.axis}>
      {toTimeTicks(outline.buckets, most, timeZone).map(({ sequence, at, label }) => {
        const share = sequence / version;
        return (
          <span
            key={sequence}
            className={classes.tick}
            title={`Event ${formatCount(sequence)}: ${formatTime(at, timeZone)}`}
            style={{ left: `${share * 100}%`, translate: `${toShift(share)}% 0` }}
          >
            {label}
          </span>
        );
      })}
    </div>
  );
});

/** A label at either end stays within the track. */
function toShift(share: number): number {
  return share < 0.1 ? 0 : share > 0.9 ? -100 : -50;
}

/** Which colour is which type, and what the marks leave out. */
function Legend({ outline, marks, version }: DrawnProps & { marks: readonly TypeMark[] }) {
  const missing = version - outline.version;
  return (
    <p className={classes.legend}>
      {marks.map(({ type, count, colour }) => (
        <span key={type} className={classes.kind}>
          <span className={classes.swatch} style={{ background: colour }} aria-hidden />
          {toEventTypeName(type)}
          {outline.isSampled ? null : <span className={classes.count}>{formatCount(count)}</span>}
        </span>
      ))}
      {outline.isSampled ? <span>Colours by a sample of the events</span> : null}
      {missing > 0 ? <span>{formatCount(missing)} not in the journal yet</span> : null}
    </p>
  );
}
