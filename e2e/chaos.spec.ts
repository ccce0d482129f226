import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { ALL_FAULTS, WIRE_FAULTS } from '#server/chaos/plan-faults.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { createPlace, type Place, runThere } from './launched.ts';

let place: Place;

test.beforeEach(async () => {
  const created = await createPlace();
  place = { ...created, env: { ...created.env, TMPDIR: created.dataDir } };
});

test.afterEach(async () => {
  for (const { pid } of await findMarkedProcesses(place.mark, { timeoutMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

/** Where the run keeps its data: a directory of its own. */
async function findDataDir(): Promise<string | undefined> {
  const names = await readdir(place.dataDir);
  const name = names.find((each) => each.startsWith('playhead-chaos-'));
  return name === undefined ? undefined : join(place.dataDir, name);
}

const reportSchema = z.object({
  isClean: z.boolean(),
  faults: z.array(z.object({ kind: z.string() })),
  leftOut: z.array(z.string()),
  wire: z.record(z.string(), z.number()),
  commands: z.object({
    accepted: z.number(),
    acceptedOf: z.record(z.string(), z.number()),
    rejected: z.record(z.string(), z.number()),
    unanswered: z.number(),
  }),
  reads: z.object({ eventual: z.number(), waited: z.number() }),
  checks: z.array(z.object({ problems: z.array(z.string()) })),
});

test('a short run of chaos with every fault ends clean, and leaves nothing but its report', async () => {
  test.setTimeout(360_000);
  const chaos = runThere(place, 'chaos', '--', '--seed', '7', '--seconds', '30');
  expect(await chaos.exited, chaos.output()).toBe(0);
  expect(chaos.output()).toContain('Seed 7: clean');
  expect(await findMarkedProcesses(place.mark, { timeoutMs: 0 })).toEqual([]);

  const dataDir = (await findDataDir()) ?? '';
  expect(await readdir(dataDir)).toEqual(['report.json']);
  const file = await readFile(join(dataDir, 'report.json'), 'utf8');
  const report = reportSchema.parse(JSON.parse(file));
  const kinds = new Set(report.faults.map(({ kind }) => kind));
  expect([...kinds, ...report.leftOut].sort()).toEqual([...ALL_FAULTS].sort());
  // A disk is filled where one can be mounted for it.
  expect(report.leftOut).toEqual(process.getuid?.() === 0 ? [] : ['disk-full']);
  for (const fault of WIRE_FAULTS) {
    expect(report.wire[fault], fault).toBeGreaterThan(0);
  }
  expect(report).toMatchObject({ isClean: true, commands: { unanswered: 0 } });
  expect(report.commands.accepted).toBeGreaterThan(100);
  const modules = ['bank', 'crm', 'projects', 'templates', 'users'];
  expect(Object.keys(report.commands.acceptedOf).sort()).toEqual(modules);
  expect(Object.keys(report.commands.rejected).length).toBeGreaterThan(2);
  expect(report.reads.eventual).toBeGreaterThan(0);
  expect(report.reads.waited).toBeGreaterThan(0);
  expect(report.checks.flatMap(({ problems }) => problems)).toEqual([]);
});

test('chaos that is stopped in the middle leaves no process and no data', async () => {
  test.setTimeout(120_000);
  const chaos = runThere(place, 'chaos', '--', '--seed', '8', '--seconds', '60');
  await expect.poll(chaos.output, { timeout: 60_000 }).toMatch(/\d s {2}\S/);
  process.kill(-(chaos.process.pid ?? 0), 'SIGINT');
  expect(await chaos.exited).toBe(130);
  expect(await findMarkedProcesses(place.mark, { timeoutMs: 0 })).toEqual([]);
  expect(await findDataDir()).toBeUndefined();
});
