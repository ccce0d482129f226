import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { operatorActions } from './operator-actions-table.ts';

/** Who does it, why, and from which address: at least as much as an auditor will ask for. */
export type Operator = {
  readonly actor: string;
  readonly reason?: string;
  readonly origin?: string;
};

/** Records an operator's action, in the transaction of what it does. */
export async function recordOperatorAction(
  tx: Tx | Db,
  { actor, reason, origin }: Operator,
  action: string,
  subject: string,
  effect: Record<string, unknown> = {},
): Promise<void> {
  await tx.insert(operatorActions).values({ actor, action, subject, reason, origin, effect });
}
