'use client';

import { Button, Group, SegmentedControl } from '@mantine/core';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { readResult } from '#components/console/operations/operation-words.ts';
import { ReadingOutcome } from '#components/console/operations/reading-outcome.tsx';
import { useReading } from '#components/console/operations/use-reading.ts';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';
import { OPERATION_RESULTS } from '#lib/contracts/operations.ts';
import { ReconcileResult } from './reconcile-result.tsx';

const SAMPLE = 500;
const SCOPES = ['sample', 'all'] as const;
type Scope = (typeof SCOPES)[number];

const LABELS: Readonly<Record<Scope, string>> = {
  sample: `${SAMPLE} at random`,
  all: 'Everything',
};

const HINTS: Readonly<Record<Scope, string>> = {
  sample:
    'Some aggregates of those in the journal, folded from the event store. A matter of seconds.',
  all: 'Every aggregate of the event store, and what the views hold that it does not know. It reads the whole event store, and may take minutes.',
};

/** A comparison at large: asked for here, carried out by a worker, its findings below. */
export function ReconcilePanel() {
  const [scope, setScope] = useQueryState(
    'scope',
    parseAsStringLiteral(SCOPES).withDefault('sample'),
  );
  const reading = useReading({
    kind: 'reconcile',
    input: scope === 'sample' ? { sample: SAMPLE } : {},
    subject: 'all',
    param: 'run',
  });
  return (
    <PanelFrame
      title="Reconcile"
      subtitle={HINTS[scope]}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="What is compared"
            value={scope}
            data={SCOPES.map((value) => ({ value, label: LABELS[value] }))}
            onChange={(value) => void setScope(value)}
          />
          <DisabledReason reason={useRequestProblem()}>
            <Button size="compact-sm" loading={reading.isUnderWay} onClick={reading.ask}>
              Reconcile
            </Button>
          </DisabledReason>
        </Group>
      }
    >
      {reading.operation === undefined && reading.problem === null ? (
        <p>Nothing is compared until somebody asks for it. Nothing is changed by it.</p>
      ) : null}
      <ReadingOutcome reading={reading}>
        {(operation) => {
          const result = readResult(OPERATION_RESULTS.reconcile, operation);
          return result && <ReconcileResult result={result} at={operation.endedAt} />;
        }}
      </ReadingOutcome>
    </PanelFrame>
  );
}
