'use client';

import { type PointerEvent, useRef } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { useStanding } from '../use-standing.ts';
import { FrameView } from './frame-view.tsx';
import { HistoryTrack } from './history-track.tsx';
import { JumpForm } from './jump-form.tsx';
import { Readout } from './readout.tsx';
import type { Standing } from './standing.ts';
import classes from './time-machine.module.css';
import type { TimeMachineParts } from './time-machine-parts.ts';
import { Track } from './track.tsx';
import { Transport } from './transport.tsx';
import { useCompared } from './use-compared.ts';
import { useFrame } from './use-frame.ts';
import { useKeysAfterClick } from './use-keys-after-click.ts';
import { usePlayback } from './use-playback.ts';
import { usePosition } from './use-position.ts';
import { useTimeMachineKeys } from './use-time-machine-keys.ts';
import { WallNotice } from './wall-notice.tsx';

export type TimeMachineProps = {
  aggregateId: string;
  /** How many events it has. */
  version: number;
  parts: TimeMachineParts;
};

/** Scrubs, steps and plays through the aggregate's states. */
export function TimeMachine({ aggregateId, version, parts }: TimeMachineProps) {
  const { noun } = useConsole().nameAggregate(aggregateId);
  const { position, following, moveTo, follow } = usePosition(version);
  const frames = useFrame(aggregateId, position, version);
  const playback = usePlayback({ position, version, moveTo, isLoaded: frames.isLoaded });
  const compared = useCompared(position, version);
  const wall = useStanding(aggregateId).data?.wall ?? frames.wall;
  const scrubber = useRef<HTMLInputElement>(null);

  /** After a click the keys are the time machine's, and not those of the button that was pressed. */
  function takeKeys({ target }: PointerEvent<HTMLElement>) {
    if (target instanceof HTMLElement && target.closest('form') === null) {
      const slider = target.matches('input[type=range]') ? target : scrubber.current;
      // The click, which may give the focus to a control, comes after this event.
      setTimeout(() => slider?.focus({ preventScroll: true }));
    }
  }

  /** Goes to a sequence by hand: whoever takes the wheel stops the playing. */
  function go(sequence: number) {
    playback.pause();
    moveTo(sequence);
  }
  useTimeMachineKeys({
    position,
    version,
    go,
    toggle: playback.toggle,
    compare: () => (compared.chosen === null ? compared.choose(position) : compared.clear()),
  });
  useKeysAfterClick(scrubber);

  const standing: Standing = {
    position,
    version,
    frame: frames.frame,
    current: frames.current,
    isBehindWall: frames.wall !== null,
  };
  return (
    <div className={classes.machine}>
      <Readout standing={standing} parts={parts} following={following} />
      <div className={classes.track} onPointerUp={takeKeys}>
        {parts.toCurve?.({ standing, onPick: go, onPointAt: frames.prefetch })}
        <Track
          standing={standing}
          parts={parts}
          compared={compared}
          wall={wall}
          ref={scrubber}
          onMove={go}
          onToggle={playback.toggle}
        />
        <HistoryTrack aggregateId={aggregateId} version={version} onPick={go} />
      </div>
      <div className={classes.controls} onPointerUp={takeKeys}>
        <Transport
          position={position}
          version={version}
          playing={playback.playing}
          speed={playback.speed}
          following={following}
          onGo={go}
          onFollow={() => {
            playback.pause();
            follow();
          }}
          onToggle={playback.toggle}
          onSpeed={playback.setSpeed}
        />
        <JumpForm aggregateId={aggregateId} version={version} onJump={go} />
      </div>
      {frames.error ? (
        <QueryError
          compact
          error={frames.error}
          what="States"
          retry={() => void frames.refetch()}
          retrying={frames.isFetching}
        />
      ) : null}
      {frames.wall ? (
        <WallNotice noun={noun} wall={frames.wall} onGo={go} />
      ) : (
        <FrameView
          aggregateId={aggregateId}
          version={version}
          parts={parts}
          compared={compared}
          frame={frames.frame}
          previous={frames.previous}
          current={frames.current}
        />
      )}
    </div>
  );
}
