import type { Rebuilds } from '#lib/contracts/rebuilds.ts';
import { BuildStep } from './build-step.tsx';
import { CompareStep } from './compare-step.tsx';
import { DryRunStep } from './dry-run-step.tsx';
import { PreviousStep } from './previous-step.tsx';
import { toRebuildState } from './rebuild-state.ts';
import classes from './rebuild-steps.module.css';
import { SwapStep } from './swap-step.tsx';

export type StepProps = { name: string; rebuilds: Rebuilds };

/** The life of a new generation in PostgreSQL, one step after the other, each with what can be done at it. */
export function RebuildSteps({ name, rebuilds }: StepProps) {
  const state = toRebuildState(rebuilds);
  return (
    <ol className={classes.steps}>
      <DryRunStep name={name} hint={DRY_RUN_HINT} />
      <BuildStep name={name} state={state} />
      <CompareStep name={name} state={state} />
      <SwapStep name={name} state={state} />
      <PreviousStep name={name} state={state} codeVersion={rebuilds.codeVersion} />
    </ol>
  );
}

const DRY_RUN_HINT =
  'What a rebuild would read and how long it would take, and for up to 200 aggregates, drawn at random and folded in memory, what it would change. Nothing is written.';
