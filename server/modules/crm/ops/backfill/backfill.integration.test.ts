import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPreviewHandler } from '#server/runtime/commands/create-preview-handler.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { toMessage, toTestRecordId } from '#server/testing/crm-messages.ts';
import { createSalesforceServer } from '#server/testing/salesforce-server.ts';
import { recordMessages } from '../../commands/record-messages.ts';
import { crmModule } from '../../module.ts';
import { crmClients } from '../../views/crm-entities-table.ts';
import { backfill, emptyTally } from './backfill.ts';
import { readExport } from './read-export.ts';
import { readRest } from './read-rest.ts';

const MODIFIED = '2024-01-01T00:00:05.000+0000';
const ROWS = [1, 2, 3, 4, 5].map((index) => ({
  Id: toTestRecordId(index),
  Name: `Read ${index}`,
  Big__c: 'BIG',
  BillingCity: null,
  IsDeleted: index === 5,
  SystemModstamp: MODIFIED,
}));

let crm: TestBank;
let directory: string;
let salesforce: Awaited<ReturnType<typeof createSalesforceServer>>;

beforeAll(async () => {
  crm = await createTestBank(createRegistry([crmModule]));
  directory = await mkdtemp(join(tmpdir(), 'playhead-crm-'));
  salesforce = await createSalesforceServer(ROWS);
});
afterAll(async () => {
  await salesforce.close();
  await crm.close();
  await rm(directory, { recursive: true, force: true });
});

const signal = new AbortController().signal;
const options = { entityName: 'Account', signal, onProgress: () => {} } as const;

async function* fromRest(after?: string, accessToken = 'good') {
  const settings = { ...salesforce.settings, accessToken };
  const query = { entityName: 'Account', after, perSecond: 1_000, signal };
  for await (const { records } of readRest(settings, query)) {
    yield* records;
  }
}

const run = async (source: AsyncIterable<string>, handler = crm.handler) => {
  const tally = emptyTally();
  const error = await backfill({ handler, actor: 'tester' }, source, options, tally).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { ...tally, error };
};

const readNames = async () => {
  await crm.settle();
  const rows = await crm.postgres.db.select().from(crmClients).orderBy(crmClients.recordId);
  return rows.map(({ title, isDeleted }) => (isDeleted ? `${title} (deleted)` : title));
};

describe('a backfill from the REST API', () => {
  it('writes nothing in a dry run', async () => {
    const dry = await run(
      fromRest(),
      createPreviewHandler({ store: crm.store, now: () => new Date() }),
    );
    expect(dry).toMatchObject({ read: 5, recorded: 5, error: undefined });
    expect(await readNames()).toEqual([]);
  });

  it('stops at the limit of requests, goes on behind the last record, and leaves what is newer', async () => {
    // One record changed after it was read: later by Salesforce's clock.
    const newer = toMessage(
      { recordIds: [toTestRecordId(2)], commitNumber: 9_000 },
      { Name: 'Newer' },
    );
    await crm.run(recordMessages, { body: newer });
    salesforce.allow(3);
    const limited = await run(fromRest());
    expect(limited).toMatchObject({ read: 4, error: { code: 'CRM_UNAVAILABLE' } });
    expect(String(limited.error)).toMatch(/REQUEST_LIMIT_EXCEEDED/);
    salesforce.allow(100);
    const rest = await run(fromRest(limited.last ?? undefined));
    expect(rest.error).toBeUndefined();
    expect(limited.recorded + rest.recorded).toBe(5);
    expect(await readNames()).toEqual(['Read 1', 'Newer', 'Read 3', 'Read 4', 'Read 5 (deleted)']);
    expect(await run(fromRest())).toMatchObject({ read: 5, recorded: 0, known: 5 });
    const [row] = await crm.postgres.db.select().from(crmClients).orderBy(crmClients.recordId);
    expect(row?.state).toContain('"Big__c":"12345678901234567890.5"');
  });

  it('says what Salesforce says of a token that is over', async () => {
    const { error } = await run(fromRest(undefined, 'old'));
    expect(String(error)).toMatch(/INVALID_SESSION_ID: Session expired/);
  });
});

describe('a backfill from an export', () => {
  it('takes CSV, an empty cell as null, and says which record it refuses', async () => {
    const file = join(directory, 'accounts.csv');
    await writeFile(
      file,
      `Id,Name,Phone,SystemModstamp\n${toTestRecordId(7)},"Seven, Ltd",,2024-02-01T00:00:00Z\nodd,Odd,,\n`,
    );
    expect(await run(readExport(file))).toMatchObject({
      read: 2,
      recorded: 1,
      refused: 1,
      refusals: [{ record: 2, reason: 'It has no Id of a record.' }],
      last: toTestRecordId(7),
    });
    expect(await readNames()).toContain('Seven, Ltd');
  });

  it('refuses what is no CSV with a sentence', async () => {
    const file = join(directory, 'broken.csv');
    await writeFile(file, 'Id,Name\n"open,1\n');
    const { error } = await run(readExport(file));
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
