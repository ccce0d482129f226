'use client';

import type { Ref } from 'react';
import { SavedViews } from '#components/console/list/saved-views/saved-views.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { FacetFilter } from '#components/ui/facet-filter.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { TextFilter } from '#components/ui/text-filter.tsx';
import type { EventsPage } from '#lib/contracts/queries.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import { type EventFilters, isFiltered, NO_FILTERS } from './event-filters.ts';
import { TimeFilter } from './time-filter.tsx';

export type EventFilterBarProps = {
  filters: EventFilters;
  onChange: (change: Partial<EventFilters>) => void;
  /** The first page as it was read; undefined while there is none. */
  page: EventsPage | undefined;
  searchRef: Ref<HTMLInputElement>;
};

/** How many there are, as far as they were counted, and what was left out. */
function toSummary({ total, atLeast, note }: EventsPage): string {
  const count = atLeast ? `${formatCount(total)}+ events` : countOf(total, 'event');
  return note === null ? count : `${count}. ${note}`;
}

/** Narrows the feed; every filter works on all events, not on those loaded. */
export function EventFilterBar({ filters, onChange, page, searchRef }: EventFilterBarProps) {
  const { types } = useConsole();
  return (
    <FilterBar
      search={
        <SearchInput
          ref={searchRef}
          value={filters.q}
          onChange={(q) => onChange({ q })}
          label="Search events"
          placeholder="Search payloads, aggregates, event ids"
        />
      }
      onClear={isFiltered(filters) ? () => onChange(NO_FILTERS) : null}
      summary={page ? toSummary(page) : null}
    >
      <FacetFilter
        label="Type"
        facet={page?.facets.eventType}
        selected={filters.type}
        onChange={(type) => onChange({ type })}
        toText={toEventTypeName}
      />
      <FacetFilter
        label="Actor"
        facet={page?.facets.actor}
        selected={filters.actor}
        onChange={(actor) => onChange({ actor })}
      />
      {types.length > 1 ? (
        <FacetFilter
          label="Of"
          facet={page?.facets.aggregateType}
          selected={filters.of}
          onChange={(of) => onChange({ of })}
          toText={(type) => types.find((each) => each.type === type)?.noun ?? type}
        />
      ) : null}
      <TextFilter
        label="Aggregate"
        value={filters.aggregate}
        onChange={(aggregate) => onChange({ aggregate })}
        placeholder={`${types[0]?.type ?? 'type'}#id`}
      />
      <TextFilter
        label="Correlation"
        value={filters.correlation}
        onChange={(correlation) => onChange({ correlation })}
        placeholder="Correlation id"
      />
      <TimeFilter from={filters.from} to={filters.to} onChange={onChange} />
      <SavedViews list="Events" names={Object.keys(NO_FILTERS)} />
    </FilterBar>
  );
}
