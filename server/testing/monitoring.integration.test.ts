import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = 'docs/monitoring';

const hasPromtool = (() => {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const promtool = async (...args: string[]) =>
  (await promisify(execFile)('promtool', args, { cwd: FOLDER })).stdout;

const alertsSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboardSchema = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
  ),
});

/** The metrics of docs/metrics.md, which a test of its own holds against the code. */
const KNOWN = new Set(
  [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(playhead_\w+)`/gm)].map(
    ([, name]) => name,
  ),
);

function namesIn(expressions: readonly string[]): string[] {
  return expressions
    .flatMap((expression) => expression.match(/playhead_\w+/g) ?? [])
    .map((name) => name.replace(/_bucket$/, ''));
}

it('asks for metrics that there are, in every alert and every panel', () => {
  const alerts = alertsSchema.parse(parse(readFileSync(`${FOLDER}/alerts.yml`, 'utf8')));
  const board = dashboardSchema.parse(JSON.parse(readFileSync(`${FOLDER}/dashboard.json`, 'utf8')));
  const asked = namesIn([
    ...alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ]);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !KNOWN.has(name))).toEqual([]);
});

// It is in Debian's package prometheus.
it.skipIf(!hasPromtool)(
  'has alerts that promtool takes, and that ring when they should',
  async () => {
    expect(await promtool('check', 'rules', 'alerts.yml')).toContain('11 rules found');
    expect(await promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
  },
);
