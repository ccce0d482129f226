import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import { toMessageAggregateId } from '#server/modules/crm/domain/message-aggregate.ts';
import { createWebhook } from '#server/runtime/webhooks/manage-webhooks.ts';
import type { TestBank } from './bank.ts';
import { toTestRecordId } from './crm-messages.ts';
import { FULL_REGISTRY } from './registry.ts';

/** Values of fields that the domain is likely to accept. */
export type Likely = Readonly<Record<string, unknown>>;

/** What there is now for an address: values of its parts, and fields that go with them. */
export type Prepared = { readonly ids: Readonly<Record<string, string>>; readonly likely: Likely };

const TEXT = 'services:\n  - name: web\n    kind: api\n';

/** Makes what an address of the API is about, so that some of what is sent there is accepted. */
export async function prepareEndpoint(bank: TestBank, path: string): Promise<Prepared> {
  const run = (type: string, input: object) =>
    bank.run(FULL_REGISTRY.commands.get(type) ?? expect.fail(type), input);
  const fresh = `t${randomUUID().slice(0, 8)}`;
  const [resource] = path.split('/').filter(Boolean);
  switch (resource) {
    case 'accounts': {
      const [number, other] = [fresh.toUpperCase(), `${fresh.toUpperCase()}-2`];
      for (const each of [number, other]) {
        await run('OpenAccount', { number: each, owner: 'Ada', currency: 'EUR' });
      }
      // Only an empty account can be closed.
      if (!path.endsWith('/closure')) {
        await run('Deposit', { accountId: number, amount: '1000.00', currency: 'EUR' });
      }
      const likely = { number: randomUUID().slice(0, 8), toAccountId: other };
      return { ids: { accountId: number, fromAccountId: number }, likely };
    }
    case 'transfers': {
      const [fromAccountId, toAccountId] = [fresh.toUpperCase(), `${fresh.toUpperCase()}-2`];
      for (const number of [fromAccountId, toAccountId]) {
        await run('OpenAccount', { number, owner: 'Ada', currency: 'EUR' });
      }
      const money = { amount: '10000.00', currency: 'EUR' };
      await run('Deposit', { accountId: fromAccountId, ...money });
      const { commandId } = await run('Transfer', { fromAccountId, toAccountId, ...money });
      await bank.settle();
      const likely = { fromAccountId, toAccountId, reason: 'Ticket 7' };
      return { ids: { transferId: commandId }, likely };
    }
    case 'users':
    case 'permissions': {
      const email = `${fresh}@example.com`;
      await run('RegisterUser', { userId: fresh, email, name: 'Ada' });
      const likely = {
        userId: `${fresh}-2`,
        email: `other-${email}`,
        currentEmail: email,
        name: 'Grace',
        grant: ['bank:view'],
      };
      await bank.settle();
      return { ids: { userId: fresh }, likely };
    }
    case 'templates': {
      const uploaded = { templateId: fresh, name: 'Web', format: 'yaml', text: TEXT };
      await run('UploadTemplate', uploaded);
      await bank.settle();
      const likely = {
        ...uploaded,
        templateId: `${fresh}-2`,
        parameters: [{ name: 'size', type: 'text' }],
        from: '1',
        to: '1',
      };
      return { ids: { templateId: fresh }, likely };
    }
    case 'projects': {
      await run('CreateProject', { projectId: fresh, name: 'Shop' });
      for (const name of ['web', 'api']) {
        await run('AddService', { projectId: fresh, name, kind: 'service' });
      }
      if (path.includes('{from}')) {
        await run('ConnectServices', { projectId: fresh, from: 'web', to: 'api' });
      }
      await bank.settle();
      const likely = {
        projectId: `${fresh}-2`,
        name: path.endsWith('/services') ? 'db' : 'Shop',
        kind: 'service',
        from: 'web',
        to: 'api',
        set: { region: 'eu' },
      };
      return { ids: { projectId: fresh, name: 'web', from: 'web', to: 'api' }, likely };
    }
    case 'aggregates':
    case 'events': {
      const number = fresh.toUpperCase();
      await run('OpenAccount', { number, owner: 'Ada', currency: 'EUR' });
      await bank.settle();
      const [event] = await bank.store.read(`account#${number}`);
      const ids = { type: 'account', id: number, eventId: event?.eventId ?? '' };
      return { ids, likely: { sequence: '1', timeout: '0' } };
    }
    case 'operations': {
      const operationId = randomUUID();
      await bank.postgres.sql`
        INSERT INTO playhead.operations (id, kind, subject, input, requested_by)
        VALUES (${operationId}, 'reconcile', 'all', '{}', 'tester')
      `;
      const likely = {
        kind: path === '/operations' ? 'pause-projection' : undefined,
        input: { projection: 'accounts' },
        reason: 'Ticket 7',
      };
      return { ids: { operationId }, likely };
    }
    case 'webhooks': {
      const url = 'https://example.com/';
      const { db, sql } = bank.postgres;
      const filter = { sends: 'events' as const, aggregateTypes: ['account'], eventTypes: [] };
      const made = { name: fresh, url, ...filter };
      await createWebhook(db, made, { actor: 'tester' });
      await sql`
        INSERT INTO playhead.webhook_deliveries
          (webhook, position, event_id, event_type, aggregate_id, attempt, outcome, milliseconds)
        SELECT ${fresh}, place, 'e', 'AccountOpened', 'account#A', 1, 'sent', 5
        FROM generate_series(1, 5) AS place
      `;
      const name = path === '/webhooks' ? `${fresh}-2` : undefined;
      const likely = { ...made, name, position: 0, reason: 'Ticket 7' };
      return { ids: { name: fresh }, likely };
    }
    case 'crm': {
      const recordId = toTestRecordId(Number.parseInt(fresh.slice(1), 16));
      const read = { Id: recordId, SystemModstamp: '2026-01-01T00:00:00Z' };
      const odd = `{"odd":"${fresh}"}`;
      await run('RecordCrmMessages', { body: odd });
      for (const { entityName } of CRM_ENTITIES) {
        await run('RecordCrmReadings', { entityName, body: JSON.stringify(read) });
      }
      await bank.settle();
      const { id: messageId } = parseAggregateId(toMessageAggregateId(odd));
      const likely = { Id: recordId, SystemModstamp: '2026-02-01T00:00:00Z', reason: 'Ticket 7' };
      return { ids: { recordId, messageId, entityName: 'Account' }, likely };
    }
    default:
      return { ids: {}, likely: { projection: 'accounts' } };
  }
}
