import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

const TIMEOUT_MS = 300_000;

/** As much of the repository as a module can reach. */
const COPIED = [
  ...['app', 'components', 'lib', 'server', 'package.json', 'tsconfig.json', 'biome.json'],
  ...['.gitignore', '.dependency-cruiser.cjs', 'drizzle.config.ts', 'vitest.config.ts'],
];

/** The blocks of the guide that are files, changes of files, and commands. */
const guide = await readFile('docs/guides/add-a-module.md', 'utf8');
const blocks = [...guide.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(
  ([, language = '', path = '', text = '']) => ({ language, path, text }),
);
const files = blocks.filter(({ language, path }) => path !== '' && language !== 'diff');
const changes = blocks.filter(({ language }) => language === 'diff');
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'));
const paths = files.map(({ path }) => path);
const [generate = '', test = '', ...rest] = commands;

/** What the guide's own test leaves open: whether the program finds the module by its lists. */
const PROBE = `
import { afterAll, expect, it } from 'vitest';
import { MODULES } from '#server/modules/index.ts';
import { getListPage } from '#server/runtime/queries/list-page.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { startSystem } from '#server/testing/system.ts';

const registry = createRegistry(MODULES);
const system = await startSystem();
afterAll(() => system.stop());

it('is run by its names alone', async () => {
  const [open, list] = [registry.commands.get('OpenIncident'), registry.lists.get('incidents')];
  if (open === undefined || list === undefined) {
    throw new Error('The module is not registered.');
  }
  await system.run(open, { incidentId: 'probe', title: 'A probe', severity: 'low' });
  expect(await system.reconcile()).toMatchObject({ checked: 1, different: 0, items: [] });
  const { items } = await getListPage(system.db, list, new URLSearchParams('status=open'));
  expect(items).toMatchObject([{ incidentId: 'probe', version: 1 }]);
});
`;
const PROBE_PATH = 'server/modules/incidents/probe.integration.test.ts';

const copy = await mkdtemp(join(tmpdir(), 'playhead-guide-'));
const running = new Set<ChildProcess>();

beforeAll(async () => {
  for (const path of COPIED) {
    await cp(path, join(copy, path), { recursive: true });
  }
  await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  for (const { path, text } of [...files, { path: PROBE_PATH, text: PROBE }]) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  for (const { path, text } of changes) {
    const before = await readFile(join(copy, path), 'utf8');
    await writeFile(join(copy, path), applyChange(before, text));
  }
});

afterAll(async () => {
  for (const { pid } of running) {
    if (pid !== undefined) {
      process.kill(-pid);
    }
  }
  await rm(copy, { recursive: true, force: true });
});

/** Runs a command in the copy, without what this test's own runner sets. Throws what it said when it fails. */
async function run(command: string): Promise<void> {
  const { PATH, HOME } = process.env;
  const child = spawn('sh', ['-c', `${command} 2>&1`], {
    cwd: copy,
    env: { PATH, HOME, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // With a group of its own, it can be ended with all that it has started.
    detached: true,
  });
  running.add(child);
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const [code] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) {
    throw new Error(`${command}\n${said}`);
  }
}

/** A text with the added lines of a change, each behind the line that stands before it there. */
function applyChange(text: string, change: string): string {
  const lines = text.split('\n');
  let at = -1;
  for (const line of change.trimEnd().split('\n')) {
    if (line.startsWith('+')) {
      at += 1;
      lines.splice(at, 0, line.slice(1));
    } else {
      at = lines.indexOf(line.slice(1));
      expect(at, `“${line.slice(1)}” stands in the file`).toBeGreaterThan(-1);
    }
  }
  return lines.join('\n');
}

it('is at most eight files of 300 lines together, outside the runtime and the console', () => {
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.length).toBeLessThanOrEqual(8);
  const lines = files.reduce((sum, { text }) => sum + text.trimEnd().split('\n').length, 0);
  expect(lines).toBeLessThanOrEqual(300);
  for (const path of paths) {
    expect(path).not.toMatch(/^(server\/runtime|components\/console)\//);
  }
  expect(paths.filter((path) => path.endsWith('.test.ts'))).not.toEqual([]);
  expect(changes.map(({ path, text }) => [path, text.match(/^\+/gm)?.length])).toEqual([
    ['server/modules/index.ts', 2],
    ['components/modules/index.ts', 2],
  ]);
  expect(rest).toEqual(['npm run verify', 'npm start']);
});

it('is well formed, and keeps to the layers', { timeout: TIMEOUT_MS }, async () => {
  const written = [...paths, ...changes.map(({ path }) => path)].join(' ');
  await run(`npx biome check --error-on-warnings ${written}`);
  await run(`npx depcruise --config .dependency-cruiser.cjs ${written}`);
});

it('has types that are right, and runs', { timeout: TIMEOUT_MS }, async () => {
  await run(generate);
  const migrations = await readdir(join(copy, 'server/migrations'));
  expect(migrations.filter((name) => name.endsWith('_incidents.sql'))).toHaveLength(1);
  // What the files import is checked with them, and what adds to the types of others.
  const config = {
    extends: './tsconfig.json',
    compilerOptions: { incremental: false },
    include: [],
    files: [
      ...paths,
      ...changes.map(({ path }) => path),
      PROBE_PATH,
      'app/providers.tsx',
      'server/testing/global-setup.ts',
    ],
  };
  await writeFile(join(copy, 'tsconfig.guide.json'), JSON.stringify(config));
  const report = join(copy, 'report.json');
  await run('npx tsc --noEmit -p tsconfig.guide.json');
  await run(`${test} --reporter=default --reporter=json --outputFile=${report}`);
  const { testResults } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  const passed = testResults.map(({ name, assertionResults }) => [
    name.slice(copy.length + 1),
    assertionResults.length > 0 && assertionResults.every(({ status }) => status === 'passed'),
  ]);
  const expected = [...paths.filter((path) => path.endsWith('.test.ts')), PROBE_PATH];
  expect(Object.fromEntries(passed)).toEqual(
    Object.fromEntries(expected.map((path) => [path, true])),
  );
});

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
