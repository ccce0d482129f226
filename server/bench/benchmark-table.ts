import { type MachineFacts, toMachineText } from './machine-facts.ts';
import { toMarkdownTable } from './markdown-table.ts';
import { replaceSection } from './replace-section.ts';
import { type Figure, isReached, type Limit, type Result } from './result.ts';
import type { Spread } from './statistics.ts';

/** A run of all measures, as docs/benchmarks.json keeps it. */
export type Benchmark = {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: MachineFacts;
  readonly results: readonly Result[];
};

/** The document with the figures of this run in place of the last one's. Throws without the markers. */
export function replaceTable(document: string, benchmark: Benchmark): string {
  return replaceSection(document, 'npm run bench', toMarkdown(benchmark));
}

function toMarkdown({ startedAt, machine, results }: Benchmark): string {
  return [toMachineText(startedAt, machine), '', ...toTable(results)].join('\n');
}

/** The lines of a Markdown table with a row per measure. */
export function toTable(results: readonly Result[]): string[] {
  const header = ['measure', 'Playhead', 'against', 'ratio', 'at least / at most', 'reached'];
  return toMarkdownTable([header, ...results.map(toRow)]);
}

function toRow(result: Result): string[] {
  const { title, figures, against, ratio, limits } = result;
  return [
    title,
    figures.map(toText).join('; '),
    against.map(toText).join('; ') || '—',
    ratio === null ? '—' : toSpreadText(ratio),
    limits.map(toLimitText).join('; '),
    isReached(result) ? 'yes' : 'no',
  ];
}

function toText({ label, unit, ...spread }: Figure): string {
  return [label, toSpreadText(spread), unit].filter((part) => part !== '').join(' ');
}

/** The median, and in brackets the rounds' least and greatest where there were several. */
function toSpreadText({ median, min, max }: Spread): string {
  const middle = toNumberText(median);
  return min === max ? middle : `${middle} (${toNumberText(min)}–${toNumberText(max)})`;
}

function toLimitText({ label, bound, limit, unit }: Limit): string {
  const sign = bound === 'at least' ? '≥' : '≤';
  return [label, sign, toNumberText(limit), unit].filter((part) => part !== '').join(' ');
}

function toNumberText(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
