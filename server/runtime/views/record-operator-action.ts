import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { operatorActions } from './operator-actions-table.ts';

/** Who does it, and why: at least as much as an auditor will ask for. */
export type Operator = { readonly actor: string; readonly reason?: string };

/** Records an operator's action, in the transaction of what it does. */
export async function recordOperatorAction(
  tx: Tx | Db,
  { actor, reason }: Operator,
  action: string,
  subject: string,
  effect: Record<string, unknown> = {},
): Promise<void> {
  await tx.insert(operatorActions).values({ actor, action, subject, reason, effect });
}
