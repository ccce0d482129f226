'use client';

import { Panel } from '#components/ui/panel.tsx';
import { TimeMachine } from './time-machine.tsx';
import type { TimeMachineParts } from './time-machine-parts.ts';
import { useVersion } from './use-version.ts';

export type TimeMachineTabProps = {
  aggregateId: string;
  /** The version that the page shows. */
  shown: number;
  /** The same object each time. */
  parts: TimeMachineParts;
};

/** The aggregate at every event of its past. */
export function TimeMachineTab({ aggregateId, shown, parts }: TimeMachineTabProps) {
  const version = useVersion(aggregateId, shown);
  return (
    <Panel title="Time machine" hideTitle query={version}>
      {(newest) => <TimeMachine aggregateId={aggregateId} version={newest} parts={parts} />}
    </Panel>
  );
}
