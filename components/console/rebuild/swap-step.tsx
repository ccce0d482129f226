'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useConsole } from '#components/console/use-console.tsx';
import type { RebuildState } from './rebuild-state.ts';
import { Step } from './step.tsx';

export type SwapStepProps = { name: string; state: RebuildState };

/** The new generation takes over, or goes. */
export function SwapStep({ name, state: { ready, kept } }: SwapStepProps) {
  return (
    <Step
      title="Swap or discard"
      hint="The new generation takes the place of the one that serves, in one transaction and at its very position; or it is dropped."
      isCurrent={ready !== null}
      actions={<SwapActions name={name} ready={ready} kept={kept} />}
    />
  );
}

/** The buttons that let a new generation take over, or drop it. */
export function SwapActions({
  name,
  ready,
  kept,
}: { name: string } & Pick<RebuildState, 'ready' | 'kept'>) {
  const { label } = useConsole().nameView(name);
  const problem = useRequestProblem();
  const reason = ready === null ? 'There is no new generation that is ready.' : problem;
  const lost = kept === null ? '' : ' in the place of the one that is kept now, which goes';
  return (
    <>
      <OperationButton
        kind="swap-rebuild"
        input={{ projection: name }}
        label="Swap in"
        title={`Swap the new generation of ${label} in`}
        effect={`Everybody reads the new generation${ready === null ? '' : `, version ${ready.version}, of rebuild ${ready.id}`}, from the position on where the present one stands. Nothing fails and nothing goes back in time. What serves now is kept for a roll back${lost}.`}
        reason={reason}
        button={{ variant: 'filled' }}
      />
      <OperationButton
        kind="discard-rebuild"
        input={{ projection: name }}
        label="Discard it"
        title={`Discard the new generation of ${label}`}
        isDestructive
        effect="The new generation is dropped without having served. What serves is not touched."
        reason={reason}
      />
    </>
  );
}
