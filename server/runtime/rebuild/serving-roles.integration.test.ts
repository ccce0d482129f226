import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { grantRoles } from '#server/runtime/platform/grant-roles.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { createWebhook, rotateWebhookSecret } from '#server/runtime/webhooks/manage-webhooks.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { applyNext } from '#server/testing/apply-next.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { fillCandidate } from './fill-candidate.ts';
import { makeReady } from './make-ready.ts';
import { requestRebuild } from './request-rebuild.ts';
import { rollbackProjection } from './rollback-projection.ts';
import { swapRebuild } from './swap-rebuild.ts';

const owner = await createTestPostgres();
const suffix = randomUUID().slice(0, 8);
const roles = { web: `web_${suffix}`, worker: `worker_${suffix}` };

const connect = (role: string) => {
  const url = new URL(owner.url);
  url.username = role;
  url.password = 'secret';
  return createPostgres({ DATABASE_URL: url.href }, { application: role, max: 4 });
};
const [web, worker] = [connect(roles.web), connect(roles.worker)];
const ann = { actor: 'ann' };

beforeAll(async () => {
  for (const role of Object.values(roles)) {
    await owner.sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  }
  await grantRoles(owner.db, roles);
  await grantRoles(owner.db, roles);
});

afterAll(async () => {
  await Promise.all([web.close(), worker.close()]);
  await owner.sql.unsafe(`DROP OWNED BY ${roles.web}, ${roles.worker} CASCADE`);
  await owner.sql.unsafe(`DROP ROLE ${roles.web}, ${roles.worker}`);
  await owner.close();
});

/** PostgreSQL's words for a statement that the role may not carry out. */
const refusalOf = (db: typeof web.db, statement: string) =>
  db.execute(statement).then(
    () => 'none',
    (error: { cause?: { message?: string } }) => error.cause?.message ?? String(error),
  );

it('lets the web server read, ask for operations, let people in and note what they do, and nothing else', async () => {
  for (const statement of [
    'SELECT * FROM playhead.journal',
    `INSERT INTO playhead.operations (id, kind, subject, input, requested_by)
      VALUES ('o', 'reconcile', 'all', '{}', 'x')`,
    'UPDATE playhead.api_tokens SET last_used_at = now()',
    "INSERT INTO playhead.operator_actions (actor, action, subject) VALUES ('x', 'x', 'x')",
    'DELETE FROM playhead_identity.sessions',
  ]) {
    expect(await refusalOf(web.db, statement)).toBe('none');
  }
  const filter = { sends: 'events' as const, aggregateTypes: [], eventTypes: [] };
  const webhook = { name: 'made', url: 'https://example.com/', ...filter };
  expect(await createWebhook(web.db, webhook, { actor: 'x' })).toMatch(/^whsec_/);
  expect(await rotateWebhookSecret(web.db, 'made', { actor: 'x' })).toMatch(/^whsec_/);
  for (const statement of [
    'DELETE FROM playhead.journal',
    "UPDATE playhead.operations SET status = 'done'",
    'DELETE FROM playhead.operations',
    "UPDATE playhead.accounts SET owner = 'x'",
    'SELECT * FROM playhead.webhook_secrets',
    'SELECT secret FROM playhead.webhook_secrets',
    'DELETE FROM playhead.webhook_secrets',
    "UPDATE playhead.webhook_secrets SET secret = 'x'",
    "UPDATE playhead.webhooks SET url = 'https://example.org/'",
    'DELETE FROM playhead.operator_actions',
    "UPDATE playhead.operator_actions SET actor = 'y'",
    'CREATE TABLE playhead_identity.mine (id int)',
    'UPDATE playhead.api_tokens SET revoked_at = NULL',
    "UPDATE playhead.api_tokens SET scopes = '[]'",
    `INSERT INTO playhead.api_tokens (name, hash, prefix, scopes, expires_at)
      VALUES ('x', 'x', 'x', '[]', now())`,
    'CREATE TABLE playhead.mine (id int)',
    'CREATE TABLE playhead_candidate.mine (id int)',
    "COPY playhead.accounts TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
    `SET ROLE ${roles.worker}`,
  ]) {
    expect(await refusalOf(web.db, statement)).toMatch(/permission denied/);
  }
});

it('lets the worker write rows and fill a rebuild, and change no table that serves', async () => {
  const ingest = createIngest({
    db: worker.db,
    store: { read: async () => [], getRawItem: async () => undefined },
  });
  await ingest(toSimpleHistory('A1', 10).map(toStoredEvent));
  const live = await loadCheckpoint(worker.db, accountsView);
  await applyNext(worker.db, accountsView, live, 100);
  for (const statement of [
    'SELECT * FROM playhead.api_tokens',
    'SELECT * FROM playhead_identity.sessions',
    'DELETE FROM playhead.operator_actions',
    'UPDATE playhead.api_tokens SET revoked_at = NULL',
    'DROP TABLE playhead.journal',
    'CREATE TABLE playhead.mine (id int)',
    'DROP SCHEMA playhead_archive',
    "COPY playhead.accounts TO PROGRAM 'cat'",
  ]) {
    expect(await refusalOf(worker.db, statement)).toMatch(/permission denied|must be owner/);
  }

  for (let generation = 0; generation < 2; generation += 1) {
    const { id } = await requestRebuild(owner.db, accountsView, ann);
    expect(await fillCandidate(worker.db, accountsView, id)).toBe(10);
    await makeReady(worker.db, accountsView, id);
    await swapRebuild(owner.db, accountsView, ann);
    expect(await refusalOf(web.db, 'SELECT * FROM playhead.accounts')).toBe('none');
    expect(await refusalOf(worker.db, 'UPDATE playhead.accounts SET version = version')).toBe(
      'none',
    );
  }
  await rollbackProjection(owner.db, accountsView, ann);
  expect(await refusalOf(web.db, 'SELECT * FROM playhead.accounts')).toBe('none');
});

it('keeps the record of actions as it was written, from its owner too', async () => {
  await owner.sql`INSERT INTO playhead.operator_actions (actor, action, subject) VALUES ('x', 'x', 'x')`;
  for (const statement of [
    'DELETE FROM playhead.operator_actions',
    "UPDATE playhead.operator_actions SET actor = 'y'",
  ]) {
    expect(await refusalOf(owner.db, statement)).toMatch(/only ever added to/);
  }
});

it('refuses a role that may do everything, and one that there is not', async () => {
  const superuser = decodeURIComponent(new URL(owner.url).username);
  for (const [wrong, sentence] of [
    [{ ...roles, web: superuser }, 'is a superuser'],
    [{ ...roles, worker: 'nobody_knows' }, 'does not exist'],
  ] as const) {
    await expect(grantRoles(owner.db, wrong)).rejects.toMatchObject({
      code: 'NOT_CONFIGURED',
      message: expect.stringContaining(sentence),
    });
  }
});
