import type { Command } from './commands/command.ts';
import type { Aggregates } from './event-store/aggregate.ts';
import type { HotView } from './hot-views/hot-view.ts';
import type { ConservedQuantity } from './integrity/conserved-quantity.ts';
import type { ViewOracle } from './integrity/view-oracle.ts';
import type { PostgresView } from './views/postgres-view.ts';
import type { PublishedEntities } from './webhooks/published-entity.ts';

/** What the modules of a process have registered, as far as the runtime's own parts need it. */
export type Registered = {
  readonly modules: readonly { readonly name: string }[];
  /** By type. */
  readonly aggregates: Aggregates;
  /** By type. */
  readonly commands: ReadonlyMap<string, Command>;
  /** Those in PostgreSQL, in the order of their modules. */
  readonly views: readonly PostgresView[];
  /** Those in DynamoDB. */
  readonly hotViews: readonly HotView[];
  readonly oracles: readonly ViewOracle[];
  readonly conserved: readonly ConservedQuantity[];
  readonly entities: PublishedEntities;
};

/** The views of both databases. */
export type RegisteredViews = Pick<Registered, 'views' | 'hotViews'>;
