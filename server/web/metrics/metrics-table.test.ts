import { readFileSync } from 'node:fs';
import type { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createWorkerMetrics } from '#server/worker/worker-metrics.ts';
import { createWebMetrics } from './web-metrics.ts';

type Row = { name: string; type: string; process: string; labels: string; unit: string };

const cell = (text: string | undefined) => (text ?? '').trim().replaceAll('`', '');

/** The rows of docs/metrics.md that are about a metric. */
function readTable(): Row[] {
  const lines = readFileSync('docs/metrics.md', 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| `playhead_'))
    .map((line) => {
      const [, name, type, process, labels, unit] = line.split('|').map(cell);
      return { name, type, process, labels, unit };
    })
    .map((row) => rowSchema.parse(row));
}

const text = z.string();
const rowSchema = z.object({ name: text, type: text, process: text, labels: text, unit: text });

/** prom-client keeps a metric's labels, and does not say so in its types. */
const labelledSchema = z.object({ labelNames: z.array(text) });

const UNITS: Record<string, string> = { seconds: 'seconds', events: 'events' };

function toRows(process: string, registry: Registry): Row[] {
  return registry.getMetricsAsArray().map(({ name, type }) => {
    const { labelNames } = labelledSchema.parse(registry.getSingleMetric(name));
    const words = name.split('_');
    const unit = words.find((word) => word in UNITS) ?? '1';
    return { name, type: `${type}`, process, labels: labelNames.join(', '), unit };
  });
}

it('is what the processes have: each metric once, with its labels, type and unit', () => {
  const web = toRows('web', createWebMetrics(TEST_REGISTRY).registry);
  const worker = toRows('worker', createWorkerMetrics(TEST_REGISTRY.views).registry);
  const inBoth = new Set(
    web.flatMap(({ name }) => (worker.some((row) => row.name === name) ? name : [])),
  );
  const rows = [
    ...web.map((row) => (inBoth.has(row.name) ? { ...row, process: 'both' } : row)),
    ...worker.filter(({ name }) => !inBoth.has(name)),
  ];
  const byName = (a: Row, b: Row) => a.name.localeCompare(b.name);
  expect(readTable().sort(byName)).toEqual(rows.sort(byName));
});
