'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ComponentType, type ReactNode, useRef } from 'react';
import { FreshnessOf } from '#components/console/system/freshness-of.tsx';
import { type ApiParams, fetchApi } from '#components/ui/api-client.ts';
import { FacetFilter } from '#components/ui/facet-filter.tsx';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel, PanelSkeleton } from '#components/ui/panel.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { useLive } from '#components/ui/use-live.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { ExportButton } from './export-button.tsx';
import { focusRow } from './focus-row.ts';
import type { ListPage, ListSpec } from './list-spec.ts';
import { ListTable, type ListTableProps } from './list-table.tsx';
import classes from './list-view.module.css';
import { PageTurner } from './page-turner.tsx';
import { SavedViews } from './saved-views/saved-views.tsx';
import { useListState } from './use-list-state.ts';

/**
 * A filter of the module's own, which keeps itself in the URL by the names of its params; a change of it
 * takes `cursor` out.
 */
export type OwnFilter = {
  readonly control: ReactNode;
  readonly params: ApiParams;
  readonly isSet: boolean;
  readonly clear: () => void;
};

export type ListViewProps<Row> = {
  spec: ListSpec<Row>;
  /** What can be done besides looking: "Open account". */
  actions?: ReactNode;
  /** What to do where there is no row yet, as a sentence, and with what. */
  begin: { readonly hint: string; readonly action?: ReactNode };
  filter?: OwnFilter;
  /** Draws the rows in a way of the module's own. */
  Table?: ComponentType<ListTableProps<Row>>;
};

/** A list of everything of a kind: found, narrowed, sorted, turned through and exported on the server. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const { spec, actions, begin, filter, Table = ListTable<Row> } = props;
  const { title, noun, path, schema, movingSorts = [] } = spec;
  const state = useListState(spec);
  const { q, sort, dir, cursor, chosen } = state;
  const params = { q, sort, dir, ...chosen, ...filter?.params };
  const isFiltered = state.isFiltered || filter?.isSet === true;
  function clear() {
    filter?.clear();
    state.clear();
  }
  const viewNames = ['q', ...Object.keys({ ...chosen, ...filter?.params }), 'sort', 'dir'];
  const isMoving = movingSorts.includes(sort);
  const query = useQuery({
    queryKey: ['list', path, params, cursor],
    queryFn: ({ signal }) => fetchApi(schema, path, { params: { ...params, cursor }, signal }),
    placeholderData: keepPreviousData,
    // Rows that would move under the reader wait to be asked for.
    meta: { follows: isMoving ? [] : [spec.projection, ...(spec.otherProjections ?? [])] },
  });
  const page = query.data;
  const searchRef = useRef<HTMLInputElement>(null);
  const tableRef = useRef<HTMLTableElement>(null);
  const moved = useLive(
    (live) => (live.positions[spec.projection] ?? 0) > (page?.freshness.position ?? 0),
  );

  useShortcuts([
    {
      id: 'search',
      keys: '/',
      label: 'Search',
      group: title,
      run: () => searchRef.current?.focus(),
    },
    {
      id: 'next',
      keys: 'j',
      label: `Next ${noun}`,
      group: title,
      run: () => focusRow(tableRef.current, 1),
    },
    {
      id: 'previous',
      keys: 'k',
      label: `Previous ${noun}`,
      group: title,
      run: () => focusRow(tableRef.current, -1),
    },
  ]);

  return (
    <>
      <PageHeader
        title={title}
        subtitle={spec.subtitle}
        actions={
          <>
            <FreshnessOf query={query} />
            <ExportButton spec={spec} params={params} />
            {actions}
          </>
        }
      />
      <FilterBar
        search={
          <SearchInput
            ref={searchRef}
            value={q}
            onChange={(text) => state.change({ q: text })}
            label={`Search ${noun}s`}
            placeholder={spec.searchPlaceholder}
          />
        }
        onClear={isFiltered ? clear : null}
        summary={page ? toSummary(page, noun) : null}
      >
        {spec.facets.map(({ name, label, toText }) => (
          <FacetFilter
            key={name}
            label={label}
            facet={page?.facets[name]}
            selected={chosen[name] ?? []}
            onChange={(values) => state.choose(name, values)}
            {...(toText && { toText })}
          />
        ))}
        {filter?.control}
        <SavedViews list={title} names={viewNames} />
      </FilterBar>
      <Panel
        title={title}
        hideTitle
        flush
        query={query}
        // What is below the list shall not move far once its rows are there.
        skeleton={<PanelSkeleton lines={16} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          isFiltered
            ? {
                title: `No ${noun} matches`,
                hint: `Search and filters look at every ${noun}.`,
                action: (
                  <Button variant="default" onClick={clear}>
                    Clear all filters
                  </Button>
                ),
              }
            : { title: `No ${noun} yet`, ...begin }
        }
      >
        {({ items, nextCursor, previousCursor }) => (
          <div className={classes.place}>
            <NewRowsPill
              count={moved && isMoving ? null : 0}
              noun="change"
              onShow={() => void query.refetch()}
              loading={query.isFetching}
            />
            <Table
              spec={spec}
              rows={items}
              order={{ sort, dir }}
              onOrder={state.change}
              stale={query.isPlaceholderData}
              tableRef={tableRef}
            />
            <div className={classes.footer}>
              <PageTurner
                cursor={cursor}
                nextCursor={nextCursor}
                previousCursor={previousCursor}
                onTurn={state.turnTo}
              />
            </div>
          </div>
        )}
      </Panel>
    </>
  );
}

function toSummary<Row>({ total, atLeast }: ListPage<Row>, noun: string): string {
  return atLeast ? `${formatCount(total)}+ ${noun}s` : countOf(total, noun);
}
