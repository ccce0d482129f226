'use client';

import { Alert, Anchor, Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { Figure, FigureList } from '#components/console/projections/figure-list.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import type { Rebuild } from '#lib/contracts/rebuilds.ts';
import { formatCount, formatRate } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { CancelButton } from './cancel-button.tsx';
import { type RebuildState, toBeginObstacle } from './rebuild-state.ts';
import classes from './rebuild-steps.module.css';
import { Step } from './step.tsx';

export type BuildStepProps = { name: string; state: RebuildState };

/** A new generation is filled beside the one that serves: how far it is, or where it stopped. */
export function BuildStep({ name, state }: BuildStepProps) {
  const { label } = useConsole().nameView(name);
  const { filling, ready, failed } = state;
  const problem = useRequestProblem();
  const input = { projection: name };
  return (
    <Step
      title="Build"
      hint="A new generation of its tables is filled from the journal’s first event on, beside the one that serves. Readers notice nothing."
      isCurrent={filling !== null || failed !== null}
      actions={
        <>
          <OperationButton
            kind="rebuild"
            input={input}
            label={failed === null ? 'Rebuild' : 'Begin anew'}
            title={`Rebuild ${label}`}
            effect={`A worker fills new tables from the journal with this program’s code. What serves is not touched, and nothing is swapped in by it.${failed === null ? '' : ' What is left of the rebuild that stopped goes.'}`}
            reason={toBeginObstacle(state) ?? problem}
          />
          {filling === null ? null : <CancelButton name={name} filling={filling} />}
          {failed === null ? null : (
            <OperationButton
              kind="discard-rebuild"
              input={input}
              label="Discard it"
              title={`Discard the rebuild of ${label} that stopped`}
              isDestructive
              effect={`What rebuild ${failed.id} has filled up to position ${formatCount(failed.position)} is dropped. What serves is not touched.`}
              reason={problem}
            />
          )}
        </>
      }
    >
      {filling === null ? null : <Filling rebuild={filling} />}
      {failed === null ? null : <Failed rebuild={failed} />}
      {ready === null ? null : (
        <p className={classes.text}>
          Rebuild {ready.id} is filled up to position {formatCount(ready.position)}, and follows.
        </p>
      )}
    </Step>
  );
}

function Filling({ rebuild }: { rebuild: Rebuild }) {
  const { startPosition, position, target, rate, secondsLeft, worker } = rebuild;
  const share = (position - startPosition) / Math.max(1, target - startPosition);
  return (
    <>
      <Progress value={100 * share} animated striped aria-label="Filled" />
      <FigureList>
        <Figure label="Position">
          {formatCount(position)} of {formatCount(target)}
        </Figure>
        <Figure label="Speed">{rate === null ? '–' : `${formatRate(rate)} events/s`}</Figure>
        <Figure label="Time left">
          {secondsLeft === null ? 'Unknown' : formatSpan(secondsLeft)}
        </Figure>
        <Figure label="Worker" wide>
          {worker === null ? (
            'No worker has taken it up yet'
          ) : (
            <IdText value={worker} label="Copy worker id" />
          )}
        </Figure>
      </FigureList>
    </>
  );
}

function Failed({ rebuild }: { rebuild: Rebuild }) {
  const { nameAggregate } = useConsole();
  const event = rebuild.error?.event ?? null;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={`Rebuild ${rebuild.id} stopped`}
    >
      {rebuild.error?.message ?? 'Nobody wrote down why.'}{' '}
      {event === null ? null : (
        <Anchor
          component={Link}
          inherit
          href={`${nameAggregate(event.aggregateId).href}?tab=timeline`}
        >
          See event {formatCount(event.eventSequence)} of {nameAggregate(event.aggregateId).label}
        </Anchor>
      )}
    </Alert>
  );
}
