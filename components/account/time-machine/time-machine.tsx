'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { curveSchema } from '#lib/contracts/queries.ts';
import { accountKey, accountPath } from '../account-queries.ts';
import { BalanceCurve } from './balance-curve.tsx';
import { FrameView } from './frame-view.tsx';
import { JumpForm } from './jump-form.tsx';
import { Readout } from './readout.tsx';
import { Scrubber } from './scrubber.tsx';
import classes from './time-machine.module.css';
import { Transport } from './transport.tsx';
import { useFrame } from './use-frame.ts';
import { usePlayback } from './use-playback.ts';
import { usePosition } from './use-position.ts';
import { useTimeMachineKeys } from './use-time-machine-keys.ts';
import { WallNotice } from './wall-notice.tsx';

export type TimeMachineProps = {
  accountId: string;
  currency: string;
  /** How many events the account has. */
  version: number;
};

const CURVE_POINTS = 800;

/** Scrubs, steps and plays through the account's states. */
export function TimeMachine({ accountId, currency, version }: TimeMachineProps) {
  const { position, following, moveTo, follow } = usePosition(version);
  const frames = useFrame(accountId, position, version);
  const playback = usePlayback({ position, version, moveTo, isLoaded: frames.isLoaded });
  const curve = useQuery({
    queryKey: accountKey(accountId, 'transactions', 'curve'),
    queryFn: ({ signal }) =>
      fetchApi(curveSchema, accountPath(accountId, 'curve'), {
        params: { points: CURVE_POINTS },
        signal,
      }),
  });
  const points = curve.data?.points ?? [];

  /** Goes to a sequence by hand: whoever takes the wheel stops the playing. */
  function go(sequence: number) {
    playback.pause();
    moveTo(sequence);
  }
  useTimeMachineKeys({ position, version, go, toggle: playback.toggle });

  const at = {
    position,
    version,
    points,
    currency,
    frame: frames.frame,
    current: frames.current,
    isBehindWall: frames.wall !== null,
  };
  return (
    <div className={classes.machine}>
      <Readout {...at} following={following} />
      <div className={classes.track}>
        {curve.error && curve.data === undefined ? (
          <QueryError
            compact
            error={curve.error}
            what="Balance curve"
            retry={() => void curve.refetch()}
            retrying={curve.isFetching}
          />
        ) : (
          <BalanceCurve {...at} onPick={go} onPointAt={frames.prefetch} />
        )}
        <Scrubber {...at} onMove={go} onToggle={playback.toggle} />
      </div>
      <div className={classes.controls}>
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
        <JumpForm accountId={accountId} version={version} onJump={go} />
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
        <WallNotice wall={frames.wall} onGo={go} />
      ) : (
        <FrameView
          accountId={accountId}
          version={version}
          currency={currency}
          frame={frames.frame}
          previous={frames.previous}
          current={frames.current}
        />
      )}
    </div>
  );
}
