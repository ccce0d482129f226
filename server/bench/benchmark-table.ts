import type { MachineFacts } from './machine-facts.ts';
import { type Figure, isReached, type Limit, type Result } from './result.ts';
import type { Spread } from './statistics.ts';

/** A run of all measures, as docs/benchmarks.json keeps it. */
export type Benchmark = {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: MachineFacts;
  readonly results: readonly Result[];
};

const BEGIN = '<!-- written by npm run bench: from here -->';
const END = '<!-- written by npm run bench: to here -->';

/** The document with the figures of this run in place of the last one's. Throws without the markers. */
export function replaceTable(document: string, benchmark: Benchmark): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) {
    throw new Error(`The document lacks the lines ${BEGIN} and ${END}.`);
  }
  const before = document.slice(0, begin + BEGIN.length);
  return `${before}\n\n${toMarkdown(benchmark)}\n\n${document.slice(end)}`;
}

function toMarkdown({ startedAt, machine, results }: Benchmark): string {
  const { cpu, cores, memory, node, platform, loadAverage } = machine;
  return [
    `${startedAt.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} GB, Node ${node.slice(1)},`,
    `${platform}; load average at the start ${loadAverage}.`,
    '',
    ...toTable(results),
  ].join('\n');
}

/** The lines of a Markdown table, columns as wide as their widest cell. */
export function toTable(results: readonly Result[]): string[] {
  const header = ['measure', 'Playhead', 'against', 'ratio', 'at least / at most', 'reached'];
  const rows = [header, ...results.map(toRow)];
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, at) => pad(cell, widths[at])).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
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

function pad(cell: string, width = 0): string {
  return cell + ' '.repeat(width - [...cell].length);
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
