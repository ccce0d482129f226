'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { OperationOutcome } from '#components/console/operations/operation-outcome.tsx';
import { useOperationsOf } from '#components/console/operations/use-operations-of.ts';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { Figure, FigureList } from '#components/console/projections/figure-list.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { IdText } from '#components/ui/id-text.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Rebuilds } from '#lib/contracts/rebuilds.ts';
import { formatCount } from '#lib/count-format.ts';
import { DryRunStep } from './dry-run-step.tsx';
import classes from './rebuild-steps.module.css';
import { Step } from './step.tsx';

export type InPlaceRebuildProps = { name: string; rebuilds: Rebuilds };

/** What has no second generation: it is rebuilt where it is, while it serves. */
export function InPlaceRebuild({ name, rebuilds }: InPlaceRebuildProps) {
  const { label } = useConsole().nameView(name);
  const problem = useRequestProblem();
  const isJournal = rebuilds.place === 'journal';
  const last = useOperationsOf(name).data?.items.find(({ kind }) => kind === 'rebuild');
  const isUnderWay = last?.status === 'queued' || last?.status === 'running';
  return (
    <ol className={classes.steps}>
      {isJournal ? null : <DryRunStep name={name} hint={DRY_RUN_HINT} />}
      <Step
        title={isJournal ? 'Completed in its place' : 'Rebuilt in its place'}
        hint={isJournal ? JOURNAL_HINT : HOT_HINT}
        isCurrent={isUnderWay || rebuilds.journal?.isComplete === false}
        actions={
          <OperationButton
            kind="rebuild"
            input={{ projection: name }}
            label={isJournal ? 'Complete' : 'Rebuild'}
            title={isJournal ? 'Complete the journal' : `Rebuild ${label}`}
            effect={isJournal ? JOURNAL_EFFECT : HOT_EFFECT}
            reason={isUnderWay ? 'It is being rebuilt.' : problem}
          />
        }
      >
        {rebuilds.journal === null ? null : <JournalFigures journal={rebuilds.journal} />}
        {last === undefined || isJournal ? null : <OperationOutcome operation={last} />}
      </Step>
    </ol>
  );
}

function JournalFigures({ journal }: { journal: NonNullable<Rebuilds['journal']> }) {
  const { isComplete, eventsRead, eventsInserted, startedAt, completedAt, worker } = journal;
  return (
    <FigureList>
      <Figure label="State">{isComplete ? 'Complete' : 'Being completed'}</Figure>
      <Figure label="Events read">{formatCount(eventsRead)}</Figure>
      <Figure label="New among them">{formatCount(eventsInserted)}</Figure>
      <Figure label="Begun">{startedAt === null ? 'Never' : <Time iso={startedAt} />}</Figure>
      <Figure label="Completed">{completedAt === null ? '–' : <Time iso={completedAt} />}</Figure>
      {isComplete ? null : (
        <Figure label="Worker" wide>
          {worker === null ? (
            'No worker has taken it up yet'
          ) : (
            <IdText value={worker} label="Copy worker id" />
          )}
        </Figure>
      )}
    </FigureList>
  );
}

const DRY_RUN_HINT =
  'Every item is folded in memory from the event store by this program’s code, and compared with the one that is read: how many a rebuild would change, and which fields. Nothing is written.';
const HOT_HINT =
  'A view in DynamoDB has no second generation: each item is folded anew from the event store, while the stream goes on and readers read. There is nothing to swap, and no way back.';
const HOT_EFFECT =
  'Every item is folded anew from the event store by this program’s code, and items of aggregates that the event store does not know are removed. Readers meet old and new items until it is done. An aggregate with an event that cannot be taken is reported, and the others go on.';
const JOURNAL_HINT =
  'The event store is read, and what the journal lacks of it is put behind its end. A worker does that by itself where PostgreSQL is new, was emptied or came from a backup. No event is removed or changed.';
const JOURNAL_EFFECT =
  'A worker reads the whole event store, and adds what the journal lacks. Nothing is removed or changed; projections take in what is added, as if it had come now.';
