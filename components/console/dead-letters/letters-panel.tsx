'use client';

import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import { ListEnd } from '#components/console/aggregate/list-end.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { DeadLetterCause } from '#lib/contracts/dead-letters.ts';
import { countOf } from '#lib/count-format.ts';
import { formatKnown, nameCategory, toCauseFilter } from './dead-letter-words.ts';
import classes from './dead-letters.module.css';
import { LettersTable } from './letters-table.tsx';
import { RetryButton } from './retry-button.tsx';
import { useCauseLetters } from './use-dead-letters.ts';
import type { LetterView } from './use-letter-view.ts';

/** So many are a sample. */
const SAMPLE = 5;

export type LettersPanelProps = {
  cause: DeadLetterCause;
  shown: LetterView;
  tableRef: RefObject<HTMLTableElement | null>;
};

/** The aggregates of a cause, and what is done about all of them. */
export function LettersPanel({ cause, shown, tableRef }: LettersPanelProps) {
  const { nameView } = useConsole();
  const { state, aggregate, choose, show, open } = shown;
  const filter = toCauseFilter(cause, aggregate);
  const query = useCauseLetters(filter, state);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const placeRef = useRef<HTMLElement>(null);
  const { id, count, atLeast, projection, category, errorGroup } = cause;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another cause is looked at from its top
  useEffect(() => {
    placeRef.current?.scrollIntoView({ block: 'nearest' });
    placeRef.current?.focus({ preventScroll: true });
  }, [id]);

  return (
    <section ref={placeRef} className={classes.section} tabIndex={-1} aria-label="Chosen cause">
      <Panel
        title={`${nameCategory(category)} in ${nameView(projection).label}`}
        subtitle={errorGroup}
        flush
        query={query}
        actions={
          <div className={classes.actions}>
            {state === 'waiting' ? <CauseActions cause={cause} filter={filter} /> : null}
            <Button variant="subtle" size="compact-sm" onClick={() => choose(null)}>
              Close
            </Button>
          </div>
        }
      >
        {() => (
          <>
            <LettersTable
              letters={items}
              state={state}
              open={open}
              onOpen={show}
              tableRef={tableRef}
            />
            <ListEnd
              pages={query}
              loaded={items.length}
              total={Math.max(count, items.length)}
              atLeast={atLeast}
              noun={state === 'waiting' ? 'aggregate' : 'skipped event'}
            />
          </>
        )}
      </Panel>
    </section>
  );
}

type CauseActionsProps = { cause: DeadLetterCause; filter: ReturnType<typeof toCauseFilter> };

function CauseActions({ cause, filter }: CauseActionsProps) {
  const { nameView } = useConsole();
  const { count, atLeast, projection } = cause;
  const view = nameView(projection).label;
  const all = `${formatKnown(count, atLeast)} ${count === 1 ? 'aggregate' : 'aggregates'}`;
  return (
    <>
      {count > SAMPLE ? (
        <RetryButton
          label="Retry five"
          title={`Retry five of ${all} in ${view}`}
          filter={filter}
          limit={SAMPLE}
          subject={`Of ${all} in ${view} each of the first five`}
        />
      ) : null}
      <RetryButton
        label={count === 1 ? 'Retry it' : `Retry all ${formatKnown(count, atLeast)}`}
        title={`Retry ${all} in ${view}`}
        filter={filter}
        subject={
          count === 1 ? `The ${countOf(1, 'aggregate')} in ${view}` : `Each of ${all} in ${view}`
        }
      />
    </>
  );
}
