/** Names of the DynamoDB tables; a prefix keeps several installations apart in one account. */
export type TableNames = {
  readonly events: string;
  readonly commands: string;
  readonly snapshots: string;
  readonly leases: string;
  readonly workers: string;
  readonly accountBalances: string;
  readonly recentTransactions: string;
  readonly deadLetters: string;
  readonly operatorActions: string;
};

/** The tables' names under a prefix: "playhead-" gives "playhead-events". */
export function toTableNames(prefix: string): TableNames {
  return {
    events: `${prefix}events`,
    commands: `${prefix}commands`,
    snapshots: `${prefix}snapshots`,
    leases: `${prefix}leases`,
    workers: `${prefix}workers`,
    accountBalances: `${prefix}account-balances`,
    recentTransactions: `${prefix}recent-transactions`,
    deadLetters: `${prefix}dead-letters`,
    operatorActions: `${prefix}operator-actions`,
  };
}
