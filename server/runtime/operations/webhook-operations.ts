import { z } from 'zod';
import { webhookChangeSchema } from '#lib/contracts/webhooks.ts';
import { createEntityRows } from '#server/runtime/webhooks/entity-rows.ts';
import {
  changeWebhook,
  deleteWebhook,
  pauseWebhook,
  redeliver,
  replayWebhook,
  resumeWebhook,
} from '#server/runtime/webhooks/manage-webhooks.ts';
import { defineOperation } from './operation.ts';

const webhook = z.string().max(100);
const position = z.number().int().min(0);
const toSubject = (input: { readonly webhook: string }) => `webhook:${input.webhook}`;

/** What is done to webhooks in the console and by the API, but for what shows a secret. */
export const webhookOperations = [
  defineOperation({
    kind: 'change-webhook',
    input: webhookChangeSchema.extend({ webhook }),
    toSubject,
    run: async ({ db, outbound, registered }, { webhook: name, ...change }, operator) => {
      const entityTypes = [...registered.entities.keys()];
      const reach = { reachesAws: outbound !== undefined, entityTypes };
      return { changed: await changeWebhook(db, name, change, operator, reach) };
    },
  }),
  defineOperation({
    kind: 'delete-webhook',
    input: z.strictObject({ webhook }),
    toSubject,
    run: async ({ db }, input, operator) => {
      await deleteWebhook(db, input.webhook, operator);
      return {};
    },
  }),
  defineOperation({
    kind: 'pause-webhook',
    input: z.strictObject({ webhook }),
    toSubject,
    run: async ({ db }, input, operator) => ({
      changed: await pauseWebhook(db, input.webhook, operator),
    }),
  }),
  defineOperation({
    kind: 'resume-webhook',
    input: z.strictObject({ webhook }),
    toSubject,
    run: async ({ db }, input, operator) => ({
      changed: await resumeWebhook(db, input.webhook, operator),
    }),
  }),
  defineOperation({
    kind: 'replay-webhook',
    input: z.strictObject({ webhook, position }),
    toSubject,
    run: async ({ db }, input, operator) => ({
      events: await replayWebhook(db, input.webhook, input.position, operator),
    }),
  }),
  defineOperation({
    kind: 'redeliver-webhook',
    input: z.strictObject({ webhook, position }),
    toSubject,
    run: async (deps, input, operator) => {
      const { db, store, registered, outbound, webhooksToPrivate = false } = deps;
      const toEntityRow = createEntityRows(store, registered.entities);
      const options = { allowsPrivate: webhooksToPrivate, outbound, toEntityRow };
      const asked = { ...input, name: input.webhook, ...options };
      const { outcome, httpStatus = null, error = null } = await redeliver(db, asked, operator);
      return { outcome, httpStatus, error };
    },
  }),
];
