import { z } from 'zod';
import type { OperationKind } from '#lib/contracts/operations.ts';
import {
  madeWebhookSchema,
  newWebhookSchema,
  replayPreviewSchema,
  shownSecretSchema,
  webhookChangeSchema,
  webhookDeliveriesSchema,
  webhookSchema,
  webhooksSchema,
} from '#lib/contracts/webhooks.ts';
import { toOperationRight } from '#lib/operation-right.ts';
import { ADMINISTER, toRightText, VIEW_ALL } from '#lib/rights.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { findWebhook } from '#server/runtime/webhooks/list-webhooks.ts';
import { toJsonAnswer } from '../json-answer.ts';
import {
  deliveriesQuerySchema,
  getDeliveries,
  getReplayPreview,
  getWebhook,
  getWebhooks,
  replayQuerySchema,
} from '../queries/webhooks.ts';
import { readBody } from '../read-body.ts';
import { makeWebhook, rotateSecret } from '../shown-secrets.ts';
import type { ApiCall, ApiEndpoint } from './api-endpoint.ts';
import { acceptedSchema, acceptOperation } from './operation-endpoints.ts';
import { toReadEndpoint, toSchema } from './read-endpoint.ts';

const NO_QUERY = z.object({});
const viewing = { toRight: () => VIEW_ALL, scope: `the scope ${toRightText(VIEW_ALL)}` };
const administering = { toRight: () => ADMINISTER, scope: `the scope ${toRightText(ADMINISTER)}` };

const toName = ({ name = '' }: ApiCall['params']) => toSearchText(name);
const reason = z.string();
const position = z.number().int().min(0);

/** Makes a webhook: the one answer that says its secret. */
async function createByApi({ context, request, actor }: ApiCall): Promise<Response> {
  const asked = parseInput(newWebhookSchema, await readBody(request));
  const made = await makeWebhook({ ...context, headers: request.headers, actor }, asked);
  return toJsonAnswer(made, 201, { Location: `/api/v1/webhooks/${made.name}` });
}

type Change = Pick<ApiEndpoint, 'method' | 'path' | 'summary' | 'operationId'> & {
  readonly kind: OperationKind;
  /** Fields beside the webhook's name; `reason` is why. */
  readonly body: z.ZodObject<{ reason: z.ZodString }>;
};

/** What a worker does to a webhook: asked for as in the console. */
function toChangeEndpoint({ kind, body, ...endpoint }: Change): ApiEndpoint {
  const right = toOperationRight(kind);
  return {
    ...endpoint,
    toRight: () => right,
    scope: `the scope ${toRightText(right)}`,
    body: toSchema(body, 'input'),
    status: 202,
    answer: toSchema(acceptedSchema, 'output'),
    respond: async (call) => {
      const { reason: why, ...fields } = parseInput(body, await readBody(call.request));
      const { name } = await findWebhook(call.context.db, toName(call.params));
      return acceptOperation(call, { kind, input: { ...fields, webhook: name }, reason: why });
    },
  };
}

/** Where events are sent. */
export const WEBHOOK_ENDPOINTS: readonly ApiEndpoint[] = [
  toReadEndpoint({
    ...viewing,
    path: '/webhooks',
    summary: 'Lists where events are sent, by name, and how far that has come.',
    query: NO_QUERY,
    answer: webhooksSchema,
    read: ({ db }) => getWebhooks(db),
  }),
  toReadEndpoint({
    ...viewing,
    path: '/webhooks/{name}',
    summary: 'Reads a webhook.',
    query: NO_QUERY,
    answer: webhookSchema,
    read: ({ db }, _, params) => getWebhook(db, toName(params)),
  }),
  toReadEndpoint({
    ...viewing,
    path: '/webhooks/{name}/deliveries',
    summary: 'Lists the attempts to send events of the last 30 days, newest first.',
    query: deliveriesQuerySchema,
    answer: webhookDeliveriesSchema,
    read: async ({ db }, query, params) => {
      const { name } = await findWebhook(db, toName(params));
      return getDeliveries(db, name, query);
    },
  }),
  toReadEndpoint({
    ...viewing,
    path: '/webhooks/{name}/replay',
    summary: 'Counts what a replay would send, behind a position of the journal or since a time.',
    query: replayQuerySchema,
    answer: replayPreviewSchema,
    read: ({ scans }, query, params) => getReplayPreview(scans, toName(params), query),
  }),
  {
    ...administering,
    method: 'POST',
    path: '/webhooks',
    summary:
      'Makes a webhook, which is sent what comes from now on. Its secret is said this once; to AWS there is none.',
    operationId: 'createWebhook',
    body: toSchema(newWebhookSchema, 'input'),
    status: 201,
    answer: toSchema(madeWebhookSchema, 'output'),
    respond: createByApi,
  },
  {
    ...administering,
    method: 'POST',
    path: '/webhooks/{name}/rotate',
    summary:
      'Gives a webhook a new secret, said this once; the one before signs beside it for a day.',
    operationId: 'rotateWebhookSecret',
    status: 200,
    answer: toSchema(shownSecretSchema, 'output'),
    respond: async ({ context: { db }, request: { headers }, actor, params }) =>
      toJsonAnswer(await rotateSecret({ db, headers, actor }, params.name ?? '')),
  },
  toChangeEndpoint({
    method: 'PATCH',
    path: '/webhooks/{name}',
    summary: 'Changes where a webhook sends, or what; events that were sent are not sent again.',
    operationId: 'changeWebhook',
    kind: 'change-webhook',
    body: webhookChangeSchema.extend({ reason }),
  }),
  toChangeEndpoint({
    method: 'DELETE',
    path: '/webhooks/{name}',
    summary: 'Deletes a webhook with its log.',
    operationId: 'deleteWebhook',
    kind: 'delete-webhook',
    body: z.strictObject({ reason }),
  }),
  toChangeEndpoint({
    method: 'POST',
    path: '/webhooks/{name}/pause',
    summary: 'Stops a webhook until it is resumed; nothing is lost by it.',
    operationId: 'pauseWebhook',
    kind: 'pause-webhook',
    body: z.strictObject({ reason }),
  }),
  toChangeEndpoint({
    method: 'POST',
    path: '/webhooks/{name}/resume',
    summary: 'Lets a webhook that was paused or disabled go on where it stood.',
    operationId: 'resumeWebhook',
    kind: 'resume-webhook',
    body: z.strictObject({ reason }),
  }),
  toChangeEndpoint({
    method: 'POST',
    path: '/webhooks/{name}/redeliver',
    summary: 'Sends the event at a position of the journal again, now.',
    operationId: 'redeliverWebhook',
    kind: 'redeliver-webhook',
    body: z.strictObject({ position, reason }),
  }),
  toChangeEndpoint({
    method: 'POST',
    path: '/webhooks/{name}/replay',
    summary: 'Sends everything behind a position of the journal again.',
    operationId: 'replayWebhook',
    kind: 'replay-webhook',
    body: z.strictObject({ position, reason }),
  }),
];
