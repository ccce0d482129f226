'use server';

import type { OperationAnswer } from '#lib/contracts/operations.ts';
import { getActionContext } from '#server/web/identity/action-context.ts';
import { requestOperation as request } from '#server/web/request-operation.ts';

/**
 * Asks for an operation (lib/contracts/operations.ts): its kind, its input, an id that the form
 * made, and a reason. Anybody can call an action with anything: the input is parsed inside.
 */
export async function requestOperation(input: unknown): Promise<OperationAnswer> {
  return request(await getActionContext(), input);
}
