import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { Facet } from '#components/ui/facet-filter.tsx';
import type { Freshness } from '#lib/contracts/queries.ts';
import type { Direction, ListOrder } from './list-order.ts';

/** A page of a list, as the API answers it. */
export type ListPage<Row> = {
  readonly items: readonly Row[];
  readonly total: number;
  /** The total is a lower bound. */
  readonly atLeast?: boolean | undefined;
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly facets: Readonly<Record<string, Facet>>;
  readonly freshness: Freshness;
};

export type ListColumn<Row> = {
  /** Unique in the list; a column that can be sorted by has the API's name for that. */
  readonly id: string;
  readonly header: string;
  /** What stands in it; without it, `toText`. */
  readonly cell?: (row: Row) => ReactNode;
  /** The direction that a first click sorts in; without it there is no sorting by this column. */
  readonly firstSort?: Direction;
  /** How it lies on a small screen: `main` and `figure` in the first line, the others below, or not at all. */
  readonly small?: 'main' | 'figure' | 'below' | 'hidden';
  readonly align?: 'end';
  /** As it goes into an exported file; without it the column does not. */
  readonly toText?: (row: Row) => string;
};

/** What a module says of a list of its aggregates. */
export type ListSpec<Row> = {
  readonly title: string;
  readonly subtitle: ReactNode;
  /** "account": what a row is. */
  readonly noun: string;
  /** The view that it is read from: when that moves, the list is read again. */
  readonly projection: string;
  /** Views that some of its columns come from. */
  readonly otherProjections?: readonly string[];
  /** The API's path, which takes q, the facets, sort, dir, cursor and limit. */
  readonly path: string;
  readonly schema: z.ZodType<ListPage<Row>>;
  readonly columns: readonly ListColumn<Row>[];
  readonly firstOrder: ListOrder;
  readonly facets: readonly {
    readonly name: string;
    readonly label: string;
    readonly toText?: (value: string) => string;
  }[];
  readonly searchPlaceholder: string;
  readonly toKey: (row: Row) => string;
  readonly toHref: (row: Row) => string;
  /** Orders in which rows move while others write: the list does not refresh by itself then. */
  readonly movingSorts?: readonly string[];
};
