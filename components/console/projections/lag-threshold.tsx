'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import { formatSpan } from '#lib/time-format.ts';
import type { Follower } from './followers.ts';
import classes from './lag-history-panel.module.css';
import { toDefaultThresholdDialog, toThresholdDialog } from './threshold-dialogs.ts';

export type LagThresholdProps = {
  follower: Pick<Follower, 'name' | 'kind'>;
  /** Null while PostgreSQL does not say. */
  seconds: number | null;
};

/** From when on a follower is a cause for attention, and what changes that. */
export function LagThreshold({ follower: { name, kind }, seconds }: LagThresholdProps) {
  const { label } = useConsole().nameView(name);
  const problem = useRequestProblem();
  const reason =
    kind === 'hot-view'
      ? 'The hot views follow the stream together: change the threshold of the consumer Hot views.'
      : problem;
  const isDefault = seconds === DEFAULT_LAG_THRESHOLD_SECONDS;
  const button = { size: 'compact-xs' } as const;
  return (
    <div className={classes.threshold}>
      <span>
        {seconds === null
          ? 'The threshold is unknown.'
          : `Threshold: ${formatSpan(seconds)}${isDefault ? ', the default' : ''}.`}
      </span>
      <OperationButton
        {...toThresholdDialog(name, label, seconds ?? DEFAULT_LAG_THRESHOLD_SECONDS)}
        reason={reason}
        button={button}
      />
      {seconds === null || isDefault ? null : (
        <OperationButton
          {...toDefaultThresholdDialog(name, label)}
          reason={reason}
          button={button}
        />
      )}
    </div>
  );
}
