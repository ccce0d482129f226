'use client';

import { Button } from '@mantine/core';
import { readResult } from '#components/console/operations/operation-words.ts';
import { ReadingOutcome } from '#components/console/operations/reading-outcome.tsx';
import { useReading } from '#components/console/operations/use-reading.ts';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { Step } from './step.tsx';

/** What a rebuild would read, take and change, without one. */
export function DryRunStep({ name }: { name: string }) {
  const reading = useReading({
    kind: 'estimate-rebuild',
    input: { projection: name },
    subject: name,
    param: 'estimate',
  });
  return (
    <Step
      title="Dry run"
      hint="What a rebuild would read and how long it would take, and for up to 200 aggregates, drawn at random and folded in memory, what it would change. Nothing is written."
      actions={
        <DisabledReason reason={useRequestProblem()}>
          <Button
            variant="default"
            size="compact-sm"
            loading={reading.isUnderWay}
            onClick={reading.ask}
          >
            {reading.operation === undefined ? 'Dry run' : 'Dry run again'}
          </Button>
        </DisabledReason>
      }
    >
      <ReadingOutcome reading={reading}>
        {(operation) => {
          const result = readResult(OPERATION_RESULTS['estimate-rebuild'], operation);
          return result && <DryRunResult result={result} at={operation.endedAt} />;
        }}
      </ReadingOutcome>
    </Step>
  );
}
