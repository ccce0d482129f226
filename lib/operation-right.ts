import type { OperationKind } from './contracts/operations.ts';
import { ADMINISTER, OPERATE, type Right } from './rights.ts';

/** Where events go, and to whom, is not the operators' to change: it would let them read everything. */
const ADMINISTRATIVE: ReadonlySet<unknown> = new Set<OperationKind>([
  'change-webhook',
  'delete-webhook',
]);

/** What one needs to ask for an operation of a kind, which may be anything. */
export function toOperationRight(kind: unknown): Right {
  return ADMINISTRATIVE.has(kind) ? ADMINISTER : OPERATE;
}
