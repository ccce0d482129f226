import { type MachineFacts, toMachineText } from '#server/bench/machine-facts.ts';
import { toMarkdownTable } from '#server/bench/markdown-table.ts';
import type { BenchPage } from './bench-page.ts';
import type { Smoothness } from './measure-frames.ts';
import type { Load } from './measure-load.ts';
import type { BenchSize } from './open-bench-instance.ts';

/** The figures of one page: the medians of its loads, and the latency of what is done on it. */
export type PageResult = {
  readonly page: BenchPage;
  readonly load: Load;
  readonly latencies: readonly {
    readonly name: string;
    readonly first: number;
    readonly later: number;
  }[];
};

export type WebResult = {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: MachineFacts;
  readonly pages: readonly PageResult[];
  readonly size: BenchSize;
  readonly scrub: Smoothness;
  readonly timeline: Smoothness;
  readonly feed: Smoothness;
};

const KB = 1_024;
const LATENCY_LIMIT = 100;
/** A display's 60 frames a second, but for what a measure of four seconds may miss. */
const FRAMES_LIMIT = 58;

/** The section of docs/benchmarks.md, which is printed as well. */
export function toWebSection({ startedAt, machine, pages, size, ...moved }: WebResult): string {
  return [
    toMachineText(startedAt, machine),
    '',
    ...toMarkdownTable([
      [
        'page',
        'script, KB',
        'at most',
        'reached',
        'later, KB',
        'FCP',
        'LCP',
        'longest task',
        'shift',
      ],
      ...pages.map(toLoadRow),
    ]),
    '',
    ...toMarkdownTable([
      ['interaction', 'latency, ms', 'the first time', 'at most', 'reached'],
      ...pages.flatMap(({ page, latencies }) =>
        latencies.map(({ name, first, later }) => [
          `${page.name}: ${name}`,
          `${later}`,
          `${first}`,
          `${LATENCY_LIMIT}`,
          toAnswer(Math.max(first, later) <= LATENCY_LIMIT),
        ]),
      ),
    ]),
    '',
    ...toMarkdownTable([
      ['movement', 'frames/s', 'p95 between frames, ms', 'at least', 'reached'],
      toFramesRow(`Time machine scrubbed over ${toCount(size.history)} events`, moved.scrub),
      toFramesRow(`Timeline scrolled, ${toCount(size.history)} events`, moved.timeline),
      toFramesRow(`Feed scrolled, ${toCount(size.feed)} events`, moved.feed),
    ]),
  ].join('\n');
}

function toLoadRow({ page, load }: PageResult): string[] {
  const { scriptLimit } = page;
  const script = Math.round(load.script / KB);
  return [
    page.name,
    `${script}`,
    scriptLimit === null ? '—' : `${scriptLimit}`,
    scriptLimit === null ? '—' : toAnswer(script <= scriptLimit),
    `${Math.round((load.allScript - load.script) / KB)}`,
    `${Math.round(load.firstPaint)} ms`,
    `${Math.round(load.largestPaint)} ms`,
    `${Math.round(load.longestTask)} ms`,
    load.shift.toFixed(3),
  ];
}

function toFramesRow(name: string, { framesPerSecond, p95 }: Smoothness): string[] {
  const reached = toAnswer(framesPerSecond >= FRAMES_LIMIT);
  return [name, framesPerSecond.toFixed(1), p95.toFixed(1), `${FRAMES_LIMIT}`, reached];
}

const toAnswer = (reached: boolean) => (reached ? 'yes' : 'no');

const toCount = (count: number) => count.toLocaleString('en');
