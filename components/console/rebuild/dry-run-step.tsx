'use client';

import { Button } from '@mantine/core';
import { readResult } from '#components/console/operations/operation-words.ts';
import { ReadingOutcome } from '#components/console/operations/reading-outcome.tsx';
import { useReading } from '#components/console/operations/use-reading.ts';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { HotDryRunResult } from './hot-dry-run-result.tsx';
import { Step } from './step.tsx';

/** What a rebuild would read, take and change, without one. */
export function DryRunStep({ name, hint }: { name: string; hint: string }) {
  const reading = useReading({
    kind: 'estimate-rebuild',
    input: { projection: name },
    subject: name,
    param: 'estimate',
  });
  return (
    <Step
      title="Dry run"
      hint={hint}
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
          if (result === undefined) {
            return null;
          }
          return 'estimate' in result ? (
            <DryRunResult result={result} at={operation.endedAt} />
          ) : (
            <HotDryRunResult result={result} at={operation.endedAt} />
          );
        }}
      </ReadingOutcome>
    </Step>
  );
}
