'use client';

import { useRef } from 'react';
import { FacetFilter } from '#components/ui/facet-filter.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { countOf } from '#lib/count-format.ts';
import type { MarkedTopology } from '#lib/modules/projects/topology.ts';
import { countKinds, countServices } from '#lib/modules/projects/topology-filter.ts';
import type { useTopologyState } from './use-topology-state.ts';

export type TopologyFilterBarProps = {
  state: ReturnType<typeof useTopologyState>;
  /** All of the step, and what of it is shown. */
  topology: MarkedTopology;
  shown: MarkedTopology;
};

/** Narrows graph and table to services by name and kind. */
export function TopologyFilterBar({ state, topology, shown }: TopologyFilterBarProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts([
    {
      id: 'search',
      keys: '/',
      label: 'Search services',
      group: 'Topology',
      run: () => search.current?.focus(),
    },
  ]);
  const all = countOf(countServices(topology), 'service');
  return (
    <FilterBar
      search={
        <SearchInput
          ref={search}
          value={state.q}
          onChange={(q) => state.change({ q })}
          label="Search services"
          placeholder="Search services by name"
        />
      }
      onClear={state.isFiltered ? () => state.change({ q: '', kind: [] }) : null}
      summary={state.isFiltered ? `${countServices(shown)} of ${all}` : all}
    >
      <FacetFilter
        label="Kind"
        facet={countKinds(topology, state.q)}
        selected={state.kinds}
        onChange={(kind) => state.change({ kind })}
      />
    </FilterBar>
  );
}
