import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { bankModule } from '#server/modules/bank/module.ts';
import { addService } from '#server/modules/projects/commands/add-service.ts';
import { archiveProject } from '#server/modules/projects/commands/archive-project.ts';
import { createProject } from '#server/modules/projects/commands/create-project.ts';
import { projectsModule } from '#server/modules/projects/module.ts';
import { createArchiveReader } from '#server/runtime/archive/create-archive-reader.ts';
import { toItemLine } from '#server/runtime/archive/item-line.ts';
import { listManifests } from '#server/runtime/archive/manifest.ts';
import { removeArchived } from '#server/runtime/archive/remove-archived.ts';
import { createS3Storage } from '#server/runtime/archive/s3-storage.ts';
import { scanItems } from '#server/runtime/archive/scan-items.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { rebuildJournal } from '#server/runtime/journal/rebuild-journal.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { getFrames } from '#server/runtime/time-travel/get-frames.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { createOpsLine } from '#server/testing/ops-line.ts';
import { getTimelinePage } from '#server/web/queries/timeline-page.ts';

const DAY_MS = 86_400_000;
const registry = createRegistry([bankModule, projectsModule]);
const s3 = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
s3.createBucket('archive');
const endpoint = `http://127.0.0.1:${s3.port}`;
const archive = createS3Storage('s3://archive/playhead', {
  AWS_REGION: 'us-east-1',
  ARCHIVE_S3_ENDPOINT: endpoint,
  ARCHIVE_LOCK_DAYS: 30,
  ARCHIVE_LOCK_MODE: 'GOVERNANCE',
});

const readArchive = createArchiveReader(archive);

/** The clock of the commands: ten days ago at first, and so within what records are kept for. */
let clock = Date.now() - 10 * DAY_MS;
const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
let ahead = 0;

const [bank, second] = await Promise.all([
  createTestBank(registry, { readArchive, now: () => new Date(clock) }),
  createTestBank(registry, { readArchive }),
]);
const ops = createOpsLine(bank, { archive, now: () => new Date(Date.now() + ahead) });
const onSecond = createOpsLine(second, { archive });

afterAll(async () => {
  await bank.close();
  await second.close();
  await s3.stop();
});

beforeAll(async () => {
  for (const number of ['A', 'B', 'C']) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
  }
  for (let day = 0; day < 5; day += 1) {
    clock += DAY_MS;
    for (let count = 0; count < 25; count += 1) {
      await bank.run(deposit, { accountId: 'A', amount: '2.00', currency: 'EUR' });
    }
    await bank.run(transfer, {
      fromAccountId: 'A',
      toAccountId: 'B',
      amount: '1.00',
      currency: 'EUR',
    });
  }
  await bank.run(closeAccount, { accountId: 'C' });
  await bank.run(createProject, { projectId: 'web', name: 'The web site' });
  await bank.run(addService, { projectId: 'web', name: 'front', kind: 'service' });
  await bank.run(createProject, { projectId: 'old', name: 'The old site' });
  clock += DAY_MS;
  await bank.run(archiveProject, { projectId: 'old' });
  await bank.settle();
}, 120_000);

async function linesOf({ dynamo }: TestBank, table: 'events' | 'commands'): Promise<string[]> {
  const lines: string[] = [];
  for await (const items of scanItems(dynamo, dynamo.tables[table])) {
    lines.push(...items.map(toItemLine));
  }
  return lines.sort();
}

const compare = ({ store, dynamo, registered, postgres: { db } }: TestBank) =>
  reconcile({ store, dynamo, registered, db });

/** Everything that time travel and the timeline say of account A. */
async function storyOfA({ store }: Pick<TestBank, 'store'>) {
  const id = 'account#A';
  const timeline = await getTimelinePage(store, id, { limit: 200, cursor: undefined });
  const { frames } = await getFrames(store, id, { from: 0, to: 131 });
  return { timeline, frames, item: await store.getRawItem(id, 3) };
}

describe('the archive', { timeout: 120_000 }, () => {
  it('is planned without a trace, and says what it costs', async () => {
    const { code, out } = await ops(`archive plan --before ${tomorrow} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      manifest: null,
      aggregates: 5,
      closed: 2,
      events: 143,
      commands: 138,
      left: 0,
      cost: { runOnce: expect.any(Number) },
      assumptions: expect.arrayContaining([expect.stringContaining('us-east-1')]),
    });
    expect(await archive.list('')).toEqual([]);
  });

  it('takes by default what is older than the setting, and closed aggregates as a whole', async () => {
    const { out } = await ops('archive plan --json');
    expect(JSON.parse(out)).toMatchObject({ aggregates: 2, closed: 2, events: 4 });
  });

  it('has every event by its day, once', async () => {
    const before = await linesOf(bank, 'events');
    expect(await ops(`archive run --before ${tomorrow}`)).toMatchObject({ code: 0 });
    const keys = await archive.list('');
    const days = keys.flatMap((key) => /^events\/day=([0-9-]+)\//.exec(key)?.[1] ?? []);
    expect(new Set(days).size).toBe(7);
    const { out } = await ops(`archive run --before ${tomorrow} --json`);
    expect(JSON.parse(out)).toMatchObject({ events: 0, manifest: null });
    expect(await archive.list('')).toEqual(keys);
    expect(await linesOf(bank, 'events')).toEqual(before);
  });

  it('gives an empty store every item back as it was, and the views with them', async () => {
    expect(await ops('archive restore')).toMatchObject({
      code: 1,
      err: expect.stringContaining('ARCHIVE_REFUSED'),
    });
    const { code, out } = await onSecond('archive restore --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ events: 143, present: 0, commands: 138 });
    expect(await linesOf(second, 'events')).toEqual(await linesOf(bank, 'events'));
    expect(await linesOf(second, 'commands')).toEqual(await linesOf(bank, 'commands'));

    const { store, dynamo, postgres } = second;
    const updateHotViews = createHotViews({ dynamo, store, hotViews: registry.hotViews });
    await rebuildJournal({ store, ingest: createIngest({ db: postgres.db, store }) });
    for await (const events of store.scanDelivered()) {
      await updateHotViews(events);
    }
    await second.settle();
    expect(await compare(second)).toMatchObject({ checked: 5, differences: 0, unknownOrigins: 0 });
  });

  it('removes nothing unless asked with a reason, after a verification, and long enough after the run', async () => {
    const before = await linesOf(bank, 'events');
    const refused = async (line: string) => (await ops(line)).err;
    expect(await refused('archive remove')).toContain('--reason must be given');
    expect(await refused('archive remove --reason space')).toContain('was not verified');
    const { code, out } = await ops('archive verify --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ events: 143, compared: 143, removed: 0, different: 0 });
    expect(await refused('archive remove --reason space')).toContain('too young');
    ahead = 2 * 60 * 60_000;
    expect(await refused('archive remove --reason space')).toContain('was not verified');
    ahead = 6 * 60_000;
    expect(await linesOf(bank, 'events')).toEqual(before);
  });

  it('answers for what was removed, also by a removal that was cut off, and commands go on', async () => {
    const before = await storyOfA(bank);
    const cutOff = new AbortController();
    const days: string[] = [];
    const get = (key: string) => {
      if (key.startsWith('events/') && days.push(key) === 3) {
        cutOff.abort(new Error('Cut off.'));
      }
      return archive.get(key);
    };
    const { dynamo, store, postgres } = bank;
    const now = () => new Date(Date.now() + ahead);
    const deps = { dynamo, store, db: postgres.db, storage: { ...archive, get }, now };
    const removal = removeArchived(deps, { actor: 'tester' }, { signal: cutOff.signal });
    await expect(removal).rejects.toThrow('Cut off.');
    const left = (await linesOf(bank, 'events')).length;
    expect([left > 5, left < 143]).toEqual([true, true]);
    expect(await storyOfA(bank)).toEqual(before);

    const { code, out } = await ops('archive remove --reason space --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ aggregates: 5, removed: left - 5, kept: 0 });
    expect(await linesOf(bank, 'events')).toHaveLength(5);
    expect(await storyOfA(bank)).toEqual(before);

    await bank.run(deposit, { accountId: 'A', amount: '3.00', currency: 'EUR' });
    expect(await bank.store.load('account#A')).toMatchObject({ version: 132 });
    await bank.settle();
    expect(await compare(bank)).toMatchObject({ checked: 5, differences: 0, unknownOrigins: 0 });
    expect(await ops(`archive run --before ${tomorrow}`)).toMatchObject({ code: 0 });
    const verified = JSON.parse((await ops('archive verify --json')).out);
    expect(verified).toMatchObject({ runs: 2, events: 144, removed: 138, different: 0 });
  });

  it('is read for a new journal', async () => {
    const postgres = await createTestPostgres();
    const ingest = createIngest({ db: postgres.db, store: bank.store });
    await rebuildJournal({ store: bank.store, ingest });
    const [row] = await postgres.sql`select count(*)::int as count from journal`;
    await postgres.close();
    expect(row).toEqual({ count: 144 });
  });

  it('is missed by a process that has none only where it reads old events', async () => {
    const store = createEventStore(bank.dynamo, registry.aggregates);
    expect(await store.load('account#A')).toMatchObject({ version: 132 });
    await expect(store.loadAt('account#A', 5)).rejects.toMatchObject({
      code: 'ARCHIVE_UNAVAILABLE',
    });
  });

  it('can be put back beside what is there', async () => {
    const { out } = await ops('archive restore --continue --json');
    expect(JSON.parse(out)).toEqual({ events: 138, present: 6, commands: 0 });
    expect(await linesOf(bank, 'events')).toHaveLength(144);
    const store = createEventStore(bank.dynamo, registry.aggregates);
    expect(await store.loadAt('account#A', 5)).toMatchObject({ version: 5 });
  });

  it('is found to be damaged, and then removes and restores nothing', async () => {
    const manifests = await listManifests(archive);
    const object = manifests[0]?.objects.find(({ kind }) => kind === 'events');
    const key = object?.key ?? '';
    const body = (await archive.get(key)) ?? Buffer.of();
    const altered = Buffer.from(body);
    altered[20] = (altered[20] ?? 0) ^ 1;
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const put = (Body: Uint8Array) =>
      client.send(new PutObjectCommand({ Bucket: 'archive', Key: `playhead/${key}`, Body }));
    await put(altered);
    const { code, out } = await ops('archive verify --json');
    expect(code).toBe(1);
    expect(JSON.parse(out).problems).toContainEqual({
      object: key,
      problem: expect.stringContaining('SHA-256'),
    });
    const removal = await ops('archive remove --reason space');
    expect(removal.err).toContain('was not verified');
    expect((await ops('archive restore --continue')).err).toContain('ARCHIVE_DAMAGED');
    await put(body);
    expect(await ops('archive verify')).toMatchObject({ code: 0 });
  });
});
