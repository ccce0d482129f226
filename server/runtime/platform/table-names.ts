/** Names of the DynamoDB tables; a prefix keeps several installations apart in one cloud account. */
export type TableNames = {
  /** In front of every table's name, the hot views' as well. */
  readonly prefix: string;
  readonly events: string;
  readonly commands: string;
  readonly eventlessCommands: string;
  readonly snapshots: string;
  readonly leases: string;
  readonly archivedAggregates: string;
  readonly workers: string;
  readonly deadLetters: string;
  readonly operatorActions: string;
};

/** The tables' names under a prefix: "playhead-" gives "playhead-events". */
export function toTableNames(prefix: string): TableNames {
  return {
    prefix,
    events: `${prefix}events`,
    commands: `${prefix}commands`,
    eventlessCommands: `${prefix}eventless-commands`,
    snapshots: `${prefix}snapshots`,
    leases: `${prefix}leases`,
    archivedAggregates: `${prefix}archived-aggregates`,
    workers: `${prefix}workers`,
    deadLetters: `${prefix}dead-letters`,
    operatorActions: `${prefix}operator-actions`,
  };
}
