'use client';

import { Alert, Button } from '@mantine/core';
import { useRef } from 'react';
import { focusRow } from '#components/console/list/focus-row.ts';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import type { DeadLetters } from '#lib/contracts/dead-letters.ts';
import { CausesTable } from './causes-table.tsx';
import { formatKnown, type LetterFilter } from './dead-letter-words.ts';
import classes from './dead-letters.module.css';
import type { LetterDrawerProps } from './letter-drawer.tsx';
import { LetterFilters } from './letter-filters.tsx';
import { LettersPanel } from './letters-panel.tsx';
import { RetryButton } from './retry-button.tsx';
import { useDeadLetterRefresh, useDeadLetters } from './use-dead-letters.ts';
import { type LetterView, useLetterView } from './use-letter-view.ts';

const SUBTITLES = {
  waiting:
    'Events that a view cannot take in. Their aggregates wait at them, in order; all others go on.',
  skipped: 'Events that were left out of a view for ever: who did it, when and why.',
} as const;

const LetterDrawer = loadWhenOpened<LetterDrawerProps>({
  load: () => import('./letter-drawer.tsx').then((module) => module.LetterDrawer),
  isOpened: ({ letter }) => letter !== null,
  closed: { letter: null },
});

/** What no view could take in, by cause, and what was done about it. */
export function DeadLettersView() {
  const shown = useLetterView();
  const filter = toFilter(shown);
  const query = useDeadLetters(filter, shown.state);
  const causesRef = useRef<HTMLTableElement>(null);
  const lettersRef = useRef<HTMLTableElement>(null);
  const chosen = query.data?.causes.find(({ id }) => id === shown.cause);
  useDeadLetterRefresh();

  const step = (by: 1 | -1) => focusRow((chosen ? lettersRef : causesRef).current, by);
  const group = 'Dead letters';
  useShortcuts([
    { id: 'next', keys: 'j', label: 'Next row', group, run: () => step(1) },
    { id: 'previous', keys: 'k', label: 'Previous row', group, run: () => step(-1) },
  ]);

  return (
    <>
      <PageHeader
        title="Dead letters"
        subtitle={SUBTITLES[shown.state]}
        actions={
          shown.state === 'waiting' ? (
            <PageActions letters={query.data} filter={filter} isFiltered={shown.isFiltered} />
          ) : null
        }
      />
      <LetterFilters shown={shown} letters={query.data} />
      <Panel
        title="Causes"
        hideTitle
        flush
        query={query}
        isEmpty={({ causes, problems }) => causes.length === 0 && problems.length === 0}
        empty={toEmpty(shown)}
      >
        {({ causes, problems }) => (
          <>
            {problems.map((problem) => (
              <Alert
                key={problem}
                color="yellow"
                radius={0}
                title="A part of this is not known now"
                role="alert"
              >
                {problem}
              </Alert>
            ))}
            {causes.length === 0 ? (
              <p className={classes.nothing}>Nothing is listed of what is known.</p>
            ) : (
              <CausesTable
                causes={causes}
                state={shown.state}
                chosen={shown.cause}
                onChoose={shown.choose}
                tableRef={causesRef}
              />
            )}
          </>
        )}
      </Panel>
      {chosen ? <LettersPanel cause={chosen} shown={shown} tableRef={lettersRef} /> : null}
      {shown.cause !== null && query.data && !chosen ? (
        <p className={classes.dim}>
          The cause that was chosen is not listed any more: nothing waits for it.
        </p>
      ) : null}
      <LetterDrawer letter={shown.open} onClose={() => shown.show(null)} />
    </>
  );
}

function toFilter({ view, category, type, aggregate }: LetterView): LetterFilter {
  return {
    ...(view !== null && { projection: view }),
    ...(category !== null && { category }),
    ...(type !== null && { eventType: type }),
    ...(aggregate !== null && { aggregateId: aggregate }),
  };
}

function toEmpty({ isFiltered, state, narrow }: LetterView) {
  if (isFiltered) {
    const clear = () => narrow({ view: null, category: null, type: null, aggregate: null });
    return {
      title: 'Nothing matches',
      hint: 'The filters look at every dead letter there is.',
      action: (
        <Button variant="default" onClick={clear}>
          Clear all filters
        </Button>
      ),
    };
  }
  return state === 'waiting'
    ? { title: 'No dead letter', hint: 'Every event could be taken in, or was skipped.' }
    : { title: 'Nothing was skipped', hint: 'What is left out of a view for ever shows here.' };
}

type PageActionsProps = {
  letters: DeadLetters | undefined;
  filter: LetterFilter;
  isFiltered: boolean;
};

function PageActions({ letters, filter, isFiltered }: PageActionsProps) {
  const count = letters === undefined ? 'unknown' : formatKnown(letters.total, letters.atLeast);
  const nothing = letters?.total === 0 && letters.problems.length === 0;
  return (
    <>
      {isFiltered ? (
        <RetryButton
          ofPage
          label="Retry these"
          title={`Retry what the filter shows (${count})`}
          filter={filter}
          subject={`Each dead letter that the filter means (${count})`}
          reason={nothing ? 'No dead letter matches the filter.' : null}
        />
      ) : null}
      <RetryButton
        ofPage
        label="Retry all"
        title="Retry every dead letter"
        filter={{}}
        subject={
          isFiltered
            ? 'Every dead letter, in every view,'
            : `Every dead letter (${count}), in every view,`
        }
        reason={nothing && !isFiltered ? 'There is no dead letter.' : null}
      />
    </>
  );
}
