'use client';

import { SegmentedControl } from '@mantine/core';
import { SavedViews } from '#components/console/list/saved-views/saved-views.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import { FacetFilter } from '#components/ui/facet-filter.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { TextFilter } from '#components/ui/text-filter.tsx';
import { COMMAND_OUTCOMES, type CommandsPage } from '#lib/contracts/command-history.ts';
import { toEventTypeName } from '#lib/event-type-name.ts';
import type { CommandFilters } from './use-command-history.ts';

export type CommandFilterBarProps = {
  filters: CommandFilters;
  onChange: (change: Partial<CommandFilters>) => void;
  onClear: (() => void) | null;
  /** The page as it was read; undefined while there is none. */
  page: CommandsPage | undefined;
};

const OUTCOMES = [
  { value: 'all', label: 'All' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'rejected', label: 'Rejected' },
];

/** Narrows the history; every filter works on all commands, not on those of the page. */
export function CommandFilterBar({ filters, onChange, onClear, page }: CommandFilterBarProps) {
  const { types } = useConsole();
  return (
    <FilterBar onClear={onClear}>
      <SegmentedControl
        aria-label="Outcome"
        data={OUTCOMES}
        value={filters.outcome ?? 'all'}
        onChange={(value) =>
          onChange({ outcome: COMMAND_OUTCOMES.find((each) => each === value) ?? null })
        }
      />
      <FacetFilter
        label="Command"
        facet={page?.types.map((value) => ({ value }))}
        selected={filters.type}
        onChange={(type) => onChange({ type })}
        toText={toEventTypeName}
      />
      <FacetFilter
        label="Actor"
        facet={page?.actors.map((value) => ({ value }))}
        selected={filters.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <TextFilter
        label="Aggregate"
        value={filters.aggregate}
        onChange={(aggregate) => onChange({ aggregate })}
        placeholder={`${types[0]?.type ?? 'type'}#id`}
      />
      <SavedViews list="Commands" names={['outcome', 'type', 'actor', 'aggregate']} />
    </FilterBar>
  );
}
