'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { formatCount } from '#lib/count-format.ts';
import { type RebuildState, toRollBackObstacle } from './rebuild-state.ts';
import classes from './rebuild-steps.module.css';
import { Step } from './step.tsx';

export type PreviousStepProps = {
  name: string;
  state: RebuildState;
  codeVersion: number | null;
};

/** What served before the last swap: it can serve again, or go. */
export function PreviousStep({ name, state, codeVersion }: PreviousStepProps) {
  const previous = state.kept?.previous ?? null;
  return (
    <Step
      title="Roll back"
      hint="What served before the last swap is kept. It can be brought up to date and serve again, or be dropped."
      actions={<PreviousActions name={name} state={state} codeVersion={codeVersion} />}
    >
      {previous === null ? null : (
        <p className={classes.text}>
          Kept: version {previous.version} as of position {formatCount(previous.position)}, replaced
          by rebuild {state.kept?.id}.
        </p>
      )}
    </Step>
  );
}

/** The buttons that let the previous generation serve again, or drop it. */
export function PreviousActions({ name, state, codeVersion }: PreviousStepProps) {
  const { label } = useConsole().nameView(name);
  const problem = useRequestProblem();
  const input = { projection: name };
  const previous = state.kept?.previous ?? null;
  return (
    <>
      <OperationButton
        kind="roll-back"
        input={input}
        label="Roll back"
        title={`Roll ${label} back`}
        isDestructive
        effect={`The previous generation is brought up from position ${formatCount(previous?.position ?? 0)} to where the present one stands, and then serves again. Readers do not go back in time. What serves now is kept in its place.`}
        reason={toRollBackObstacle(state, codeVersion) ?? problem}
      />
      <OperationButton
        kind="discard-previous"
        input={input}
        label="Discard it"
        title={`Discard the previous generation of ${label}`}
        isDestructive
        effect="The previous generation is dropped: nobody can roll back to it any more. What serves is not touched."
        reason={previous === null ? 'No previous generation is kept.' : problem}
      />
    </>
  );
}
