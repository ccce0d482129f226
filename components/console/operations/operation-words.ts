import type { z } from 'zod';
import {
  OPERATION_RESULTS,
  type OperationKind,
  type OperationState,
} from '#lib/contracts/operations.ts';
import { countOf, formatCount } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';

const isKnown = (kind: string): kind is OperationKind => Object.hasOwn(SENTENCES, kind);

/** The result of an operation by its kind's schema; undefined before there is one of that shape. */
export function readResult<Result>(
  schema: z.ZodType<Result>,
  { result }: Pick<OperationState, 'result'>,
): Result | undefined {
  const parsed = schema.safeParse(result);
  return parsed.success ? parsed.data : undefined;
}

/** What came of an operation, or how far it is, as a sentence. */
export function describeOperation(operation: OperationState): string {
  const { kind, status, error, progress } = operation;
  const isRestart = kind === 'restart-worker';
  switch (status) {
    case 'queued':
      return isRestart ? 'The launcher has not taken it up yet.' : 'No worker has taken it up yet.';
    case 'running':
      return isRestart
        ? 'The worker is being ended. One that is frozen takes five seconds.'
        : progress === null
          ? 'A worker is at it.'
          : `${formatCount(progress.done)}${progress.total === null ? '' : ` of ${formatCount(progress.total)}`} done.`;
    case 'failed':
      return error?.message ?? 'It failed.';
    case 'interrupted':
      return isRestart
        ? 'The launcher did not take it up, or ended in the middle of it. Look whether npm start still runs.'
        : 'The worker stopped in the middle of it. What was done by then stays done; ask again if it is still meant.';
    case 'done':
      return isKnown(kind) ? SENTENCES[kind](operation) : 'Done.';
  }
}

type Sentence = (operation: OperationState) => string;

function say<Result>(schema: z.ZodType<Result>, toSentence: (result: Result) => string): Sentence {
  return (operation) => {
    const result = readResult(schema, operation);
    return result === undefined ? 'Done.' : toSentence(result);
  };
}

const SENTENCES: Readonly<Record<OperationKind, Sentence>> = {
  'pause-projection': say(OPERATION_RESULTS['pause-projection'], ({ changed }) =>
    changed ? 'Paused.' : 'It was paused already.',
  ),
  'resume-projection': say(OPERATION_RESULTS['resume-projection'], ({ changed }) =>
    changed ? 'It goes on.' : 'It was not paused.',
  ),
  'retry-dead-letters': say(
    OPERATION_RESULTS['retry-dead-letters'],
    ({ retried, settled, applied, dead, failed }) =>
      joinParts([
        `${countOf(retried, 'dead letter')} retried: ${formatCount(settled)} settled, ${countOf(applied, 'event')} applied.`,
        dead.length > 0 ? `${formatCount(dead.length)} wait again.` : '',
        failed.length > 0 ? `${formatCount(failed.length)} could not be tried.` : '',
      ]),
  ),
  'skip-dead-letter': say(OPERATION_RESULTS['skip-dead-letter'], ({ skipped }) => {
    const waits = skipped.filter(({ at }) => at !== null);
    const applied = skipped.reduce((sum, each) => sum + each.applied, 0);
    return joinParts([
      `Skipped in ${countOf(skipped.length, 'view')}; ${countOf(applied, 'event')} behind it applied.`,
      ...waits.map(
        ({ projection, at, error }) =>
          `It waits again in ${projection}, at event ${formatCount(at ?? 0)}: ${error}`,
      ),
      waits.length === 0 ? 'Nothing waits any more.' : '',
    ]);
  }),
  'estimate-rebuild': say(OPERATION_RESULTS['estimate-rebuild'], (result) =>
    'estimate' in result
      ? `${countOf(result.estimate.events, 'event')} to read; of ${countOf(result.sample.checked, 'aggregate')} tried, ${formatCount(result.sample.different)} would change.`
      : `${countOf(result.aggregates, 'aggregate')}: ${formatCount(result.written)} would be written, ` +
        `${formatCount(result.removed)} removed, ${formatCount(result.failed)} with an event that cannot be taken.`,
  ),
  rebuild: say(OPERATION_RESULTS.rebuild, (result) => {
    if ('rebuild' in result) {
      return `Rebuild ${result.rebuild} has begun.`;
    }
    if ('journal' in result) {
      return 'The journal is being completed from the event store.';
    }
    const { aggregates, unchanged, written, removed, failed } = result;
    return (
      `${countOf(aggregates, 'aggregate')}: ${formatCount(unchanged)} as they should be, ` +
      `${formatCount(written)} written, ${formatCount(removed)} removed, ${formatCount(failed)} with an event that cannot be taken.`
    );
  }),
  'cancel-rebuild': () => 'The rebuild is cancelled; what serves was not touched.',
  'compare-rebuild': say(OPERATION_RESULTS['compare-rebuild'], ({ tables }) => {
    const rows = tables.reduce(
      (sum, { onlyInOld, onlyInNew, differing }) => sum + onlyInOld + onlyInNew + differing,
      0,
    );
    return rows === 0
      ? 'Both generations hold the same rows.'
      : `${countOf(rows, 'row differs', 'rows differ')}.`;
  }),
  'swap-rebuild': say(
    OPERATION_RESULTS['swap-rebuild'],
    ({ version, position }) =>
      `The new generation serves, version ${version}, from position ${formatCount(position)} on.`,
  ),
  'discard-rebuild': () => 'The new generation is dropped; what serves was not touched.',
  'roll-back': say(
    OPERATION_RESULTS['roll-back'],
    ({ version, position }) =>
      `The previous generation serves again, version ${version}, from position ${formatCount(position)} on.`,
  ),
  'discard-previous': () => 'The previous generation is dropped.',
  repair: say(OPERATION_RESULTS.repair, ({ repaired, failed }) => {
    const waits = repaired.flatMap(({ view, waitsAt }) =>
      waitsAt === null
        ? []
        : [`${view} up to event ${formatCount(waitsAt.eventSequence)}, which cannot be taken`],
    );
    const not = failed.map(({ view, error }) => `${view} not: ${error}`);
    return `${[`${countOf(repaired.length, 'view')} repaired`, ...waits, ...not].join('; ')}.`;
  }),
  reconcile: say(
    OPERATION_RESULTS.reconcile,
    ({ checked, different, explained }) =>
      `${countOf(checked, 'aggregate')} compared: ${formatCount(different)} differ, ${formatCount(explained)} more are explained.`,
  ),
  'set-lag-threshold': say(
    OPERATION_RESULTS['set-lag-threshold'],
    ({ seconds }) => `The threshold is ${formatSpan(seconds)}.`,
  ),
  'reset-lag-threshold': say(OPERATION_RESULTS['reset-lag-threshold'], ({ changed }) =>
    changed ? 'The threshold is the default.' : 'It was the default already.',
  ),
  'acknowledge-alert': () => 'Acknowledged until it ends or gets worse.',
  'snooze-alert': () => 'Snoozed.',
  'show-alert-again': say(OPERATION_RESULTS['show-alert-again'], ({ changed }) =>
    changed ? 'It is shown among the others.' : 'It was neither acknowledged nor snoozed.',
  ),
  'restart-worker': say(
    OPERATION_RESULTS['restart-worker'],
    ({ pid }) => `A new worker was started, as process ${pid}. It takes over within seconds.`,
  ),
  'pause-webhook': say(OPERATION_RESULTS['pause-webhook'], ({ changed }) =>
    changed ? 'Nothing is sent until it is resumed.' : 'It did not run.',
  ),
  'resume-webhook': say(OPERATION_RESULTS['resume-webhook'], ({ changed }) =>
    changed ? 'It goes on where it stood.' : 'It runs already.',
  ),
  'replay-webhook': say(
    OPERATION_RESULTS['replay-webhook'],
    ({ events }) => `Up to ${countOf(events, 'event')} are sent again.`,
  ),
  'redeliver-webhook': say(OPERATION_RESULTS['redeliver-webhook'], ({ outcome, error }) =>
    outcome === 'sent' ? 'The receiver took it.' : `It was not taken: ${error}`,
  ),
  'change-webhook': say(OPERATION_RESULTS['change-webhook'], ({ changed }) =>
    changed ? 'What comes now is sent so.' : 'It was so already.',
  ),
  'delete-webhook': say(OPERATION_RESULTS['delete-webhook'], () => 'It is deleted, with its log.'),
};

const joinParts = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
