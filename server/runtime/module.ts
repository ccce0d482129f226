import type { FoundAggregate } from '#lib/contracts/queries.ts';
import type { Command } from './commands/command.ts';
import type { CommandHandler } from './commands/command-context.ts';
import type { PlanDemo } from './demo-command.ts';
import type { Aggregate } from './event-store/aggregate.ts';
import type { HotView } from './hot-views/hot-view.ts';
import type { ConservedQuantity } from './integrity/conserved-quantity.ts';
import type { ViewOracle } from './integrity/view-oracle.ts';
import type { OpsCommand } from './ops/ops-command.ts';
import type { Tx } from './platform/postgres.ts';
import type { List } from './queries/list.ts';
import type { Resource } from './queries/resource.ts';
import type { PostgresView } from './views/postgres-view.ts';
import type { PublishedEntity } from './webhooks/published-entity.ts';

/** A domain, as the runtime knows it: the server's half of a module. */
export type Module = {
  /** Lower-case letters, digits and hyphens; unique. */
  readonly name: string;
  readonly aggregates: readonly Aggregate[];
  readonly commands: readonly Command[];
  readonly views: readonly PostgresView[];
  readonly hotViews: readonly HotView[];
  /** The lists of its views that pages show (`defineList`). */
  readonly lists?: readonly List[];
  /** What programs read of it by the API (`defineResource`). */
  readonly resources?: readonly Resource[];
  /** What its rules can refuse a command for, by literal code, each with its HTTP status. */
  readonly rejections: Readonly<Record<string, number>>;
  /** What its views must hold, worked out in another way than the views do. */
  readonly oracles?: readonly ViewOracle[];
  /** What nothing but its events makes and takes away; a whole reconciliation checks it. */
  readonly conserved?: readonly ConservedQuantity[];
  /** Finds at most `most` of its aggregates for the palette, the likeliest first. */
  readonly search?: (tx: Tx, q: string, most: number) => Promise<readonly FoundAggregate[]>;
  /** Fills an empty instance with something to look at. */
  readonly demo?: PlanDemo;
  /** What webhooks can send of its aggregates beside their events. */
  readonly entities?: readonly PublishedEntity[];
  /**
   * Keeps messages that others put into its queue (PLAYHEAD_QUEUES), all or none of them. What comes again must
   * change nothing. Throws what the command handler throws.
   */
  readonly takeMessages?: (
    handler: CommandHandler,
    messages: readonly string[],
  ) => Promise<unknown>;
  /** Its own commands of the command line. */
  readonly ops?: readonly OpsCommand[];
};
