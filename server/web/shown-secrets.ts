import type { z } from 'zod';
import type { madeWebhookSchema, NewWebhook, shownSecretSchema } from '#lib/contracts/webhooks.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { createWebhook, rotateWebhookSecret } from '#server/runtime/webhooks/manage-webhooks.ts';
import type { WebContext } from './context.ts';
import { toAddress } from './identity/request-origin.ts';

type Asked = { readonly db: Db; readonly actor: string; readonly headers: Headers };
type ShownSecret = z.output<typeof shownSecretSchema>;

/** Makes a webhook, for the one answer that says its secret. Throws what `createWebhook` throws. */
export async function makeWebhook(
  {
    db,
    actor,
    headers,
    reachesAws,
    entityTypes,
  }: Asked & Pick<WebContext, 'reachesAws' | 'entityTypes'>,
  asked: NewWebhook,
): Promise<z.output<typeof madeWebhookSchema>> {
  const operator = { actor, origin: toAddress(headers) };
  const secret = await createWebhook(db, asked, operator, { reachesAws, entityTypes });
  return { name: asked.name, secret };
}

/** Gives a webhook a new secret, for the one answer that says it. Throws what `rotateWebhookSecret` throws. */
export async function rotateSecret(
  { db, actor, headers }: Asked,
  text: string,
): Promise<ShownSecret> {
  const name = toSearchText(text);
  const secret = await rotateWebhookSecret(db, name, { actor, origin: toAddress(headers) });
  return { name, secret };
}
