import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyMapping } from '#lib/modules/crm/field-mapping.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { toMessage, toTestRecordId } from '#server/testing/crm-messages.ts';
import { makeCrmStream } from '#server/testing/crm-stream.ts';
import { recordMessages } from './commands/record-messages.ts';
import { recordReadings } from './commands/record-readings.ts';
import { settleMessage } from './commands/settle-message.ts';
import { crmModule } from './module.ts';
import { importMessages } from './ops/import-messages.ts';
import { toCanonicalJson } from './views/canonical-json.ts';
import { crmClients } from './views/crm-entities-table.ts';
import { crmMessages } from './views/crm-messages-table.ts';

const STREAM = makeCrmStream({ records: 60, count: 900 });
const RUNNING = new AbortController().signal;

let crm: TestBank;
let directory: string;

beforeAll(async () => {
  crm = await createTestBank(createRegistry([crmModule]));
  directory = await mkdtemp(join(tmpdir(), 'playhead-crm-'));
});
afterAll(async () => {
  await crm.close();
  await rm(directory, { recursive: true, force: true });
});

const importLines = async (lines: readonly string[]) => {
  const file = join(directory, 'changes.jsonl');
  await writeFile(file, lines.join('\n'));
  const { seconds: _, ...tally } = await importMessages(
    { handler: crm.handler, actor: 'tester' },
    file,
    RUNNING,
  );
  return tally;
};

const readClients = async () => {
  await crm.settle();
  const rows = await crm.postgres.db.select().from(crmClients);
  return new Map(rows.map((row) => [row.recordId, row]));
};

describe('change events, shuffled and some of them twice', () => {
  it('make the records that the CRM has, each change once', async () => {
    const { lines, truth, changes } = STREAM;
    expect(await importLines(lines)).toMatchObject({
      messages: lines.length,
      recorded: changes,
      duplicates: lines.length - changes,
      refused: 0,
    });
    const rows = await readClients();
    expect(rows.size).toBe(truth.size);
    for (const [recordId, { values, isDeleted, needsReading }] of truth) {
      const { values: expected } = applyMapping(MAPPINGS.Account, {
        ...values,
        Id: recordId,
        IsDeleted: isDeleted,
      });
      expect(rows.get(recordId)).toMatchObject({
        values: toCanonicalJson(expected),
        isDeleted,
        needsReading,
        problems: 0,
      });
    }
  });

  it('change nothing a second time, and what the views hold is what the events say', async () => {
    expect(await importLines(STREAM.lines)).toMatchObject({
      recorded: 0,
      duplicates: STREAM.lines.length,
    });
    await crm.settle();
    const reconciled = await reconcile({ ...crm, db: crm.postgres.db }, { settleMs: 0 });
    expect(reconciled).toMatchObject({ differences: 0, items: [] });
  });
});

describe('what is no change', () => {
  it('is kept with its text, once, and settled with a reason', async () => {
    const body = '{"payload":{"ChangeEventHeader":12345678901234567890}}';
    await crm.run(recordMessages, { body });
    await crm.run(recordMessages, { body });
    await crm.settle();
    const [row] = await crm.postgres.db.select().from(crmMessages);
    expect(row).toMatchObject({ status: 'refused', excerpt: body, source: 'api', version: 1 });
    const messageId = row?.messageId ?? '';
    const [event] = await crm.store.read(`crm-message#${messageId}`);
    expect(event?.eventData).toMatchObject({ message: body });

    await crm.run(settleMessage, { messageId, reason: 'a test' });
    await expect(crm.run(settleMessage, { messageId, reason: 'again' })).rejects.toMatchObject({
      code: 'CRM_MESSAGE_NOT_REFUSED',
    });
  });

  it('stands beside changes of the same batch', async () => {
    const good = toMessage({ recordIds: [toTestRecordId(900_001)] }, { Name: 'Good' });
    const { tokens } = await crm.run(recordMessages, { body: `[${good},{"odd":1}]` });
    expect(tokens.map(({ aggregateId }) => aggregateId.split('#', 1)[0]).sort()).toEqual([
      'crm-account',
      'crm-message',
    ]);
  });
});

describe('a reading', () => {
  it('fills a gap, and leaves what is newer', async () => {
    const recordId = toTestRecordId(900_002);
    const at = (commit: number) => new Date(1_704_067_200_000 + commit).toISOString();
    const header = { recordIds: [recordId] };
    await crm.run(recordMessages, {
      body: `[${toMessage({ ...header, changeType: 'GAP_UPDATE', commitNumber: 5_000 })},
        ${toMessage({ ...header, commitNumber: 9_000 }, { Name: 'Newer' })}]`,
    });
    expect((await readClients()).get(recordId)).toMatchObject({ needsReading: true });
    const record = JSON.stringify({
      attributes: { type: 'Account' },
      Id: recordId.slice(0, 15),
      Name: 'Older',
      BillingCountry: 'France',
      SystemModstamp: at(6_000).replace('Z', '+0000'),
    });
    const input = { entityName: 'Account', body: record };
    await crm.run(recordReadings, input);
    const { tokens } = await crm.run(recordReadings, input);
    expect(tokens).toEqual([]);
    expect((await readClients()).get(recordId)).toMatchObject({
      needsReading: false,
      title: 'Newer',
      values: expect.stringContaining('"billing_country":"France"'),
    });
  });
});
