'use client';

import { SegmentedControl } from '@mantine/core';
import { SavedViews } from '#components/console/list/saved-views/saved-views.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { TextFilter } from '#components/ui/text-filter.tsx';
import { DEAD_LETTER_STATES, type DeadLetters } from '#lib/contracts/dead-letters.ts';
import { ChoiceFilter } from './choice-filter.tsx';
import { nameCategory, toSummary } from './dead-letter-words.ts';
import type { LetterView } from './use-letter-view.ts';

const STATES = { waiting: 'Waiting', skipped: 'Skipped' } as const;

export type LetterFiltersProps = {
  shown: LetterView;
  /** Undefined while nothing has come. */
  letters: DeadLetters | undefined;
};

/** What waits or what was skipped, narrowed to a view, a reason, a type and an aggregate. */
export function LetterFilters({ shown, letters }: LetterFiltersProps) {
  const { nameView, types } = useConsole();
  const { state, narrow } = shown;
  return (
    <FilterBar
      search={
        <SegmentedControl
          fullWidth
          aria-label="Which"
          value={state}
          onChange={(value) => narrow({ state: value })}
          data={DEAD_LETTER_STATES.map((value) => ({ value, label: STATES[value] }))}
        />
      }
      onClear={
        shown.isFiltered
          ? () => narrow({ view: null, category: null, type: null, aggregate: null })
          : null
      }
      summary={
        letters ? toSummary(letters, state === 'skipped' ? 'skipped event' : 'dead letter') : null
      }
    >
      <ChoiceFilter
        label="View"
        facet={letters?.facets.projection}
        value={shown.view}
        onChange={(view) => narrow({ view })}
        toText={(name) => nameView(name).label}
      />
      <ChoiceFilter
        label="Reason"
        facet={letters?.facets.category}
        value={shown.category}
        onChange={(category) => narrow({ category })}
        toText={nameCategory}
      />
      <ChoiceFilter
        label="Type"
        facet={letters?.facets.eventType}
        value={shown.type}
        onChange={(type) => narrow({ type })}
      />
      <TextFilter
        label="Aggregate"
        value={shown.aggregate ?? ''}
        onChange={(aggregate) => narrow({ aggregate: aggregate || null })}
        placeholder={`${types[0]?.type ?? 'type'}#id`}
      />
      <SavedViews list="Dead letters" names={['state', 'view', 'category', 'type', 'aggregate']} />
    </FilterBar>
  );
}
