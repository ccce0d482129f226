import { z } from 'zod';
import {
  OPERATION_KINDS,
  operationSchema,
  operationsPageSchema,
} from '#lib/contracts/operations.ts';
import { toOperationRight } from '#lib/operation-right.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { OPERATE, toRightText, VIEW_ALL } from '#lib/rights.ts';
import { requestOperation } from '#server/runtime/operations/request-operation.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { toAddress } from '../identity/request-origin.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { getOperation, getOperations, operationsQuerySchema } from '../queries/operations.ts';
import { readBody } from '../read-body.ts';
import type { ApiCall, ApiEndpoint } from './api-endpoint.ts';
import { toReadEndpoint, toSchema } from './read-endpoint.ts';
import { readIdempotencyKey } from './request-fields.ts';

const viewing = { toRight: () => VIEW_ALL, scope: `the scope ${toRightText(VIEW_ALL)}` };

/** What is asked for; its input is of a shape of its kind's own. */
const requestedSchema = z.object({
  kind: z.enum(OPERATION_KINDS).exclude(['change-webhook', 'delete-webhook']),
  input: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
});

export const acceptedSchema = z.object({ id: z.string() });

/** Asks for what these operators may have done; the rest has addresses that need more. */
async function requestByApi(call: ApiCall): Promise<Response> {
  const asked = await readBody(call.request);
  if (toOperationRight(asked.kind) !== OPERATE) {
    const sentence = 'This is asked for at the webhook itself: see /api/v1/openapi.json.';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'kind' });
  }
  return acceptOperation(call, asked);
}

/** Asks for an operation: the Idempotency-Key is its id, so that the same one again is one request. */
export async function acceptOperation(
  { context, request, actor }: ApiCall,
  fields: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const { db, registry, launcher } = context;
  const id = readIdempotencyKey(request);
  const asked = { ...fields, id };
  const origin = toAddress(request.headers);
  await requestOperation({ db, scope: { ...registry, launcher } }, asked, { actor, origin });
  return toJsonAnswer({ id }, 202, { Location: `/api/v1/operations/${id}` });
}

/** Operators' requests: pauses, retries, skips, rebuilds, repairs, reconciliations. */
export const OPERATION_ENDPOINTS: readonly ApiEndpoint[] = [
  toReadEndpoint({
    ...viewing,
    path: '/operations',
    summary: 'Lists what operators have asked for, newest first.',
    query: operationsQuerySchema,
    answer: operationsPageSchema,
    read: async ({ db }, query) => operationsPageSchema.parse(await getOperations(db, query)),
  }),
  toReadEndpoint({
    ...viewing,
    path: '/operations/{operationId}',
    summary: 'Reads what an operator has asked for, and what has come of it.',
    query: z.object({}),
    answer: operationSchema,
    read: ({ db }, _, { operationId = '' }) => getOperation(db, toSearchText(operationId)),
  }),
  {
    method: 'POST',
    path: '/operations',
    summary:
      'Asks for an operation, which a worker carries out: pause, resume, retry, skip, rebuild, swap, repair, reconcile.',
    operationId: 'requestOperation',
    toRight: () => OPERATE,
    scope: `the scope ${toRightText(OPERATE)}`,
    body: { ...toSchema(requestedSchema, 'input'), additionalProperties: false },
    status: 202,
    answer: toSchema(acceptedSchema, 'output'),
    respond: requestByApi,
  },
];
