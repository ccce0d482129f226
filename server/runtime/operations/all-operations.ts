import { alertOperations } from './alert-operations.ts';
import { deadLetterOperations } from './dead-letter-operations.ts';
import { integrityOperations } from './integrity-operations.ts';
import { lagThresholdOperations } from './lag-threshold-operations.ts';
import type { Operation } from './operation.ts';
import { pauseOperations } from './pause-operations.ts';
import { rebuildOperations } from './rebuild-operations.ts';
import { webhookOperations } from './webhook-operations.ts';

/** Every operation, by its kind. */
export const ALL_OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  [
    ...pauseOperations,
    ...deadLetterOperations,
    ...rebuildOperations,
    ...integrityOperations,
    ...lagThresholdOperations,
    ...alertOperations,
    ...webhookOperations,
  ].map((operation) => [operation.kind, operation]),
);
