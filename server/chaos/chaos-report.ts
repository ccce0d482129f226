import type { Check } from './checks/check.ts';
import { outcomeOf, type SentCommand } from './command-log.ts';
import type { FaultKind, WireFault } from './plan-faults.ts';
import type { Reads } from './watch-reads.ts';

/** What was done to the stage, and when it began, in seconds since the faults did. */
export type DoneFault = { readonly at: number; readonly kind: FaultKind; readonly what: string };

/** A run of chaos, as it is kept in `report.json`. */
export type ChaosReport = {
  readonly seed: number;
  readonly seconds: number;
  readonly startedAt: string;
  readonly isClean: boolean;
  readonly faults: readonly DoneFault[];
  /** Kinds that this machine has no way to do. */
  readonly leftOut: readonly FaultKind[];
  /** Requests to DynamoDB that each fault of the wire has befallen. */
  readonly wire: Readonly<Record<WireFault, number>>;
  readonly commands: CommandCounts;
  readonly reads: Omit<Reads, 'problems'>;
  /** From the end of the faults until every projection had caught up. */
  readonly settledAfterSeconds: number;
  readonly checks: readonly Check[];
};

type CommandCounts = {
  readonly sent: number;
  readonly sentTwice: number;
  readonly accepted: number;
  /** Accepted ones by module. */
  readonly acceptedOf: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly unanswered: number;
  /** Attempts without an answer, each of them sent again. */
  readonly lostAnswers: number;
};

/** Commands by what became of them. */
export function countCommands(commands: readonly SentCommand[]): CommandCounts {
  const outcomes = commands.map(outcomeOf);
  const rejected: Record<string, number> = {};
  const acceptedOf: Record<string, number> = {};
  for (const command of commands) {
    const outcome = outcomeOf(command);
    if (outcome?.kind === 'rejected') {
      rejected[outcome.code] = (rejected[outcome.code] ?? 0) + 1;
    } else if (outcome?.kind === 'accepted') {
      const { module } = command.planned;
      acceptedOf[module] = (acceptedOf[module] ?? 0) + 1;
    }
  }
  return {
    sent: commands.length,
    sentTwice: commands.filter(({ planned }) => planned.twice !== 'no').length,
    accepted: outcomes.filter((outcome) => outcome?.kind === 'accepted').length,
    acceptedOf,
    rejected,
    unanswered: outcomes.filter((outcome) => outcome === undefined).length,
    lostAnswers: commands.reduce((sum, { lost }) => sum + lost.length, 0),
  };
}

const SHOWN_PROBLEMS = 10;

/** The report for a person at a terminal, without what was told while it happened. */
export function toText(report: ChaosReport): string {
  const { commands, reads, wire } = report;
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  return [
    '',
    `Commands: ${commands.sent} sent, ${commands.sentTwice} of them twice; ${commands.accepted} accepted, ${commands.unanswered} unanswered; ${commands.lostAnswers} answers lost and asked for again`,
    `Accepted: ${list(commands.acceptedOf)}`,
    `Rejected: ${list(commands.rejected)}`,
    `Reads: ${reads.eventual} as it is, ${reads.waited} waited for, ${reads.unanswered} unanswered`,
    `Wire: ${Object.entries(wire)
      .map(([fault, count]) => `${fault} ${count}`)
      .join(', ')}`,
    ...(report.leftOut.length > 0 ? [`Left out: ${report.leftOut.join(', ')}`] : []),
    `Settled ${report.settledAfterSeconds.toFixed(1)} s after the last fault`,
    '',
    ...report.checks.flatMap(toLines),
    '',
    `Seed ${report.seed}: ${report.isClean ? 'clean' : 'NOT CLEAN'}`,
  ].join('\n');
}

function toLines({ name, figure, problems }: Check): string[] {
  const shown = problems.slice(0, SHOWN_PROBLEMS).map((problem) => `       ${problem}`);
  const more = problems.length - shown.length;
  return [
    `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${figure})`,
    ...shown,
    ...(more > 0 ? [`       … and ${more} more`] : []),
  ];
}
