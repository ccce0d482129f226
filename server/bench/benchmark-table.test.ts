import { describe, expect, it } from 'vitest';
import { type Benchmark, replaceTable, toTable } from './benchmark-table.ts';
import type { Result } from './result.ts';

const commands: Result = {
  name: 'commands',
  title: 'Commands',
  figures: [{ label: '', unit: 'commands/s', median: 1_234.4, min: 1_200, max: 1_300 }],
  against: [{ label: '', unit: 'commands/s', median: 1_500, min: 1_500, max: 1_500 }],
  ratio: { median: 0.823, min: 0.79, max: 0.9 },
  limits: [{ label: 'ratio', value: 0.823, unit: '', bound: 'at least', limit: 0.8 }],
};
const memory: Result = {
  name: 'memory',
  title: 'Memory',
  figures: [{ label: '', unit: 'MB', median: 300.2, min: 300.2, max: 300.2 }],
  against: [],
  ratio: null,
  limits: [{ label: '', value: 300.2, unit: 'MB', bound: 'at most', limit: 256 }],
};

describe('the table', () => {
  it('has a row per measure, with the spread of its rounds and whether its bound is kept', () => {
    expect(toTable([commands, memory])).toEqual([
      '| measure  | Playhead                       | against          | ratio           | at least / at most | reached |',
      '| -------- | ------------------------------ | ---------------- | --------------- | ------------------ | ------- |',
      '| Commands | 1,234 (1,200–1,300) commands/s | 1,500 commands/s | 0.82 (0.79–0.9) | ratio ≥ 0.8        | yes     |',
      '| Memory   | 300 MB                         | —                | —               | ≤ 256 MB           | no      |',
    ]);
  });
});

describe('replacing the table', () => {
  const benchmark: Benchmark = {
    startedAt: '2026-02-03T04:05:06.000Z',
    machine: {
      platform: 'linux x64',
      cpu: 'A processor',
      cores: 4,
      memory: 16,
      node: 'v20.19.0',
      loadAverage: 0.5,
    },
    results: [memory],
  };
  const document = [
    'Before.',
    '<!-- written by npm run bench: from here -->',
    'Old.',
    '<!-- written by npm run bench: to here -->',
    'After.',
  ].join('\n');

  it('leaves what is around it alone, however often', () => {
    const once = replaceTable(document, benchmark);
    expect(once).toMatch(/^Before\.\n/);
    expect(once).toMatch(/\nAfter\.$/);
    expect(once).not.toContain('Old.');
    expect(once).toContain('A processor, 4 cores, 16 GB, Node 20.19.0');
    expect(replaceTable(once, benchmark)).toBe(once);
  });

  it('refuses a document without a place for it', () => {
    expect(() => replaceTable('Before.', benchmark)).toThrow(/lacks the lines/);
  });
});
