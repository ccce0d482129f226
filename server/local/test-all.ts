import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findMarkedProcesses } from './marked-processes.ts';
import {
  addTally,
  listVitestFailures,
  parsePlaywrightReport,
  parseVitestReport,
  type Tally,
} from './test-tally.ts';

/**
 * `npm test`: unit, integration and end-to-end tests one after another, with their own reporters,
 * and one line with the sums at the end. A process that a test leaves behind fails the run: all
 * that a run starts inherits a mark in its environment.
 */
const MARK = `PLAYHEAD_TEST_RUN=${randomUUID()}`;

const binary = (name: string, file: string) =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
const VITEST = binary('vitest', 'vitest.mjs');
const PLAYWRIGHT = binary('@playwright/test', 'cli.js');

const reports = await mkdtemp(join(tmpdir(), 'playhead-reports-'));

async function runVitest(project: string): Promise<Tally> {
  const file = join(reports, `${project.replace('*', '')}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  const code = await run(VITEST, [...args, `--outputFile.json=${file}`]);
  const report = await read(file);
  failures.push(...listVitestFailures(report));
  return parseVitestReport(report, code);
}

async function runPlaywright(): Promise<Tally> {
  const file = join(reports, 'e2e.json');
  const code = await run(PLAYWRIGHT, ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return parsePlaywrightReport(await read(file), code);
}

function run(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const [name = '', value = ''] = MARK.split('=');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env, [name]: value },
    });
    const forward = () => child.kill('SIGTERM');
    process.once('SIGTERM', forward);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

async function read(file: string): Promise<unknown> {
  return readFile(file, 'utf8').then(JSON.parse, () => undefined);
}

async function countLeaks(): Promise<Tally> {
  const leaked = await findMarkedProcesses(MARK, { timeoutMs: 5_000 });
  for (const { pid, command } of leaked) {
    console.error(`Left running by the tests: ${pid} ${command}`);
    process.kill(pid, 'SIGKILL');
  }
  return { passed: 0, failed: leaked.length, skipped: 0 };
}

// Ctrl-C reaches the runners by themselves; this process waits for them and still says its line.
process.on('SIGINT', () => {});

const failures: string[] = [];
const tallies: Tally[] = [];
for (const part of [
  () => runVitest('unit'),
  () => runVitest('integration*'),
  runPlaywright,
  countLeaks,
]) {
  tallies.push(await part());
}
await rm(reports, { recursive: true, force: true });
for (const failure of failures) console.error(`Failed: ${failure}`);
const { passed, failed, skipped } = tallies.reduce(addTally);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
