import { formatSpan } from '#lib/time-format.ts';
import { toTable } from '#server/runtime/ops/output.ts';
import type { RebuildDiff } from '#server/runtime/rebuild/diff-rebuild.ts';
import type { RebuildEstimate } from '#server/runtime/rebuild/rebuild.ts';

/** What a rebuild will read and take. */
export function toEstimateText({ events, seconds, bytes, rate, basis }: RebuildEstimate): string {
  const megabytes = (bytes / 1_000_000).toFixed(1);
  const size = `${events} events to read; the tables take ${megabytes} MB now`;
  if (seconds === null || rate === null) {
    return `${size}; nothing is known of the speed.`;
  }
  const source = basis === 'last-rebuild' ? 'the last rebuild' : 'a sample';
  return `${size}; some ${formatSpan(seconds)}, at ${Math.round(rate)} events/s by ${source}.`;
}

/** How the new generation differs from the one that serves: counts, and the first rows. */
export function toDiffText({ position, tables }: RebuildDiff): string {
  const rows = tables.map((table) => [
    table.table,
    `${table.rowsInOld}`,
    `${table.rowsInNew}`,
    `${table.onlyInOld}`,
    `${table.onlyInNew}`,
    `${table.differing}`,
  ]);
  const samples = tables.flatMap(({ table, sample }) =>
    sample.map((row) => `${table}: old ${JSON.stringify(row.old)}, new ${JSON.stringify(row.new)}`),
  );
  return [
    `Both generations at position ${position}:`,
    toTable(['table', 'rows old', 'rows new', 'only old', 'only new', 'differing'], rows),
    ...samples,
  ].join('\n');
}
