'use client';

import { Anchor, Loader, VisuallyHidden } from '@mantine/core';
import Link from 'next/link';
import { toCommandHref } from '#components/console/command-history/command-words.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import type { CommandProgress } from './command-progress.ts';
import { describeMeasure, median } from './measure.ts';
import classes from './progress-line.module.css';

export type ProgressLineProps = {
  progress: CommandProgress;
  /** Milliseconds to the new balance of this visit's commands. */
  visible: readonly number[];
};

/** How the newest command stands, and how long this visit's commands took to be seen. */
export function ProgressLine({ progress, visible }: ProgressLineProps) {
  const middle = median(visible);
  return (
    <div className={classes.line}>
      <div role="status" aria-label="Last command">
        <Progress progress={progress} />
      </div>
      {progress.kind === 'none' ? null : (
        <Anchor component={Link} href={toCommandHref(progress.commandId)} inherit>
          Journey
        </Anchor>
      )}
      {middle === undefined ? null : (
        <span className={classes.median}>
          Median {Math.round(middle)} ms over {countOf(visible.length, 'command')} of this visit
        </span>
      )}
    </div>
  );
}

function Progress({ progress }: { progress: CommandProgress }) {
  switch (progress.kind) {
    case 'none':
      return null;
    case 'waiting':
      return (
        <span className={classes.waiting}>
          <Loader size={12} aria-hidden />
          Accepted as event {formatCount(progress.sequence)}; waiting for the read model.
          {progress.problem ? (
            <span className={classes.problem}>
              {progress.problem} The command is stored and will be shown.{' '}
              <Anchor component={Link} href="/projections" inherit>
                See the projections
              </Anchor>
            </span>
          ) : null}
        </span>
      );
    case 'shown':
      return (
        <>
          <VisuallyHidden>Event {formatCount(progress.sequence)}. </VisuallyHidden>
          {describeMeasure(progress.measure, progress.source)}
        </>
      );
  }
}
