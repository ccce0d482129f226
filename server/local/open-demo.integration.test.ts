import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { openDemo } from './open-demo.ts';

let dynamo: Dynamo;
let dataDir = '';
const lines: string[] = [];

beforeEach(async () => {
  dynamo = await createTestDynamo();
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-demo-'));
  lines.length = 0;
});

afterEach(async () => {
  dynamo.close();
  await rm(dataDir, { recursive: true, force: true });
});

const open = () =>
  openDemo(createEventStore(dynamo, TEST_REGISTRY.aggregates), TEST_REGISTRY, dataDir, (line) =>
    lines.push(line),
  );

async function readAll(): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of createEventStore(dynamo, TEST_REGISTRY.aggregates).scan()) {
    events.push(...page);
  }
  return events;
}

it('fills an empty store once, in the name of "demo" and in the past', async () => {
  await open();
  const events = await readAll();
  expect(events.length).toBeGreaterThan(350);
  expect(new Set(events.map(({ metadata }) => metadata.actor))).toEqual(new Set(['demo']));
  const count = (type: string) => events.filter(({ eventType }) => eventType === type).length;
  expect(count('AccountOpened')).toBe(12);
  expect(count('AccountClosed')).toBe(1);
  expect(count('TransferSent')).toBe(count('TransferReceived'));
  const weeks = (Date.now() - Math.min(...events.map(toTime))) / (7 * 86_400_000);
  expect(weeks).toBeGreaterThan(6);
  await open();
  expect(await readAll()).toHaveLength(events.length);
  expect(lines).toEqual([expect.stringMatching(/^Demo: opened with \d+ commands in /)]);
});

it('goes on where it was cut off, and doubles nothing', async () => {
  await open();
  const before = await readAll();
  const file = join(dataDir, 'demo-bank.json');
  const progress: unknown = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...Object(progress), isFinished: false }));
  await open();
  expect(await readAll()).toHaveLength(before.length);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ isFinished: true });
});

it('leaves a store alone that has anything in it', async () => {
  await open();
  const before = await readAll();
  await rm(join(dataDir, 'demo-bank.json'));
  await open();
  expect(await readAll()).toHaveLength(before.length);
});

function toTime({ timestamp }: StoredEvent): number {
  return Date.parse(timestamp);
}
