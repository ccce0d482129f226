'use client';

import { Button } from '@mantine/core';
import { readResult } from '#components/console/operations/operation-words.ts';
import { ReadingOutcome } from '#components/console/operations/reading-outcome.tsx';
import { useReading } from '#components/console/operations/use-reading.ts';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { CompareResult } from './compare-result.tsx';
import type { RebuildState } from './rebuild-state.ts';
import { Step } from './step.tsx';

export type CompareStepProps = { name: string; state: RebuildState };

/** The new generation and the one that serves, row by row. */
export function CompareStep({ name, state: { ready } }: CompareStepProps) {
  const reading = useReading({
    kind: 'compare-rebuild',
    input: { projection: name },
    subject: name,
    param: 'compare',
  });
  const problem = useRequestProblem();
  const obstacle =
    ready === null ? 'There is no new generation that is ready to be compared.' : problem;
  return (
    <Step
      title="Compare"
      hint="Every row of both generations, by its key, at one position. Both go on meanwhile."
      isCurrent={ready !== null}
      actions={
        <DisabledReason reason={obstacle}>
          <Button
            variant="default"
            size="compact-sm"
            loading={reading.isUnderWay}
            onClick={reading.ask}
          >
            {reading.operation === undefined ? 'Compare' : 'Compare again'}
          </Button>
        </DisabledReason>
      }
    >
      <ReadingOutcome reading={reading}>
        {(operation) => {
          const result = readResult(OPERATION_RESULTS['compare-rebuild'], operation);
          return result && <CompareResult result={result} readyId={ready?.id ?? null} />;
        }}
      </ReadingOutcome>
    </Step>
  );
}
