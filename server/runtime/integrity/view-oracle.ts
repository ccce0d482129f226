import type { Values } from './compare-row.ts';

/**
 * An independent check of a view whose first table has one row for each aggregate: what that row must
 * hold, from the aggregate's own state. So a mistake in the view's fold is found as well.
 */
export type ViewOracle<State = unknown> = {
  /** The view's name. */
  readonly view: string;
  /** The columns that it knows, of the state after `version` events; empty where there must be no row. */
  toRow(state: State, version: number): Values;
};
