import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  type DeadLetterList,
  listDeadLetters,
} from '#server/runtime/dead-letters/list-dead-letters.ts';
import {
  type RetrySummary,
  retryDeadLetters,
} from '#server/runtime/dead-letters/retry-dead-letters.ts';
import { skipDeadLetter } from '#server/runtime/dead-letters/skip-dead-letter.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { ACTOR, reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { findAggregateId } from '../find-aggregate-id.ts';

const inputSchema = reasonSchema.extend({
  action: z
    .enum(['list', 'retry', 'skip'], 'dead-letters does list, retry or skip.')
    .default('list'),
  projection: z.string().optional(),
  aggregate: z.string().optional(),
  /** What --aggregate was called when there were accounts only. */
  account: z.string().optional(),
  sequence: z.coerce.number('--sequence is an event sequence.').int().positive().optional(),
  all: z.boolean().default(false),
  skipped: z.boolean().default(false),
});

type Input = z.output<typeof inputSchema>;

/** `dead-letters`: events that failed for good, and what to do about them. */
export const deadLettersCommand = defineOpsCommand({
  usage: 'dead-letters [action]',
  summary: 'list the events that failed for good; retry them, or skip one',
  options: [
    { flags: '--projection <name>', description: 'in this projection, hot view, or "journal"' },
    { flags: '--aggregate <id>', description: 'of this aggregate, like account#A-1' },
    { flags: '--account <id>', description: 'the same' },
    { flags: '--sequence <number>', description: 'at this event of the aggregate' },
    { flags: '--all', description: 'retry every one' },
    { flags: '--skipped', description: 'list the skipped events instead' },
    reasonOption,
  ],
  details: `list (without an action too): by projection and error, each with the events that wait behind it. With
--json, one object: groups (projection, category, eventType, errorGroup, aggregates, waiting, letters)
and problems (why a part is not known now).

retry: tries what the options name (--all for everything), and behind each event those that wait, in
order. With --json, one object: retried, settled, applied, dead (aggregates that wait again), failed
(what could not be tried, and why). Exit code 1 when one waits again or could not be tried.

skip: leaves one event out for ever; --projection, --aggregate, --sequence and --reason must be given.
With --json, one object: kind ("applied", or "dead" when the aggregate waits again, at "at"), applied.`,
  input: inputSchema,
  run: (ctx, input, io) => {
    switch (input.action) {
      case 'list':
        return list(ctx, input, io);
      case 'retry':
        return retry(ctx, input, io);
      case 'skip':
        return skip(ctx, input, io);
    }
  },
});

async function list(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const { skipped } = input;
  const found = await listDeadLetters(toDeps(ctx), await toFilter(ctx, input), { skipped });
  await io.print(io.json ? toJson(found) : toText(found, skipped));
  return found.problems.length > 0 ? EXIT_FAILED : 0;
}

async function retry(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const filter = await toFilter(ctx, input);
  const { all, sequence } = input;
  if (all === Object.keys(filter).length > 0) {
    throw new PlayheadError(
      'INVALID_INPUT',
      'Say what to retry: --projection, --aggregate, or --all.',
    );
  }
  if (sequence !== undefined) {
    await requireAt(ctx, input, sequence);
  }
  const summary = await retryDeadLetters(toDeps(ctx), filter, toOperator(input));
  await io.print(io.json ? toJson(summary) : toRetryText(summary));
  return summary.settled < summary.retried || summary.failed.length > 0 ? EXIT_FAILED : 0;
}

async function skip(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const { projection, sequence, reason } = input;
  const { aggregateId } = await toFilter(ctx, input);
  if (!projection || !aggregateId || !sequence || !reason) {
    throw new PlayheadError(
      'INVALID_INPUT',
      'To skip an event give --projection, --aggregate, --sequence and --reason.',
    );
  }
  const key = { projection, aggregateId, eventSequence: sequence };
  const outcome = await skipDeadLetter(toDeps(ctx), { ...key, reason }, ACTOR);
  const sentence =
    outcome.kind === 'applied'
      ? `Skipped; ${outcome.applied} events behind it were applied, nothing waits any more.`
      : `Skipped; ${aggregateId} waits again, at event ${outcome.at}: ${outcome.error}`;
  await io.print(io.json ? toJson(outcome) : sentence);
  return outcome.kind === 'dead' ? EXIT_FAILED : 0;
}

/** An aggregate waits at one event at a time: another one than `sequence` is not what was meant. */
async function requireAt(ctx: OpsContext, input: Input, sequence: number): Promise<void> {
  const { groups } = await listDeadLetters(toDeps(ctx), await toFilter(ctx, input));
  const letters = groups.flatMap((group) => group.letters);
  const isThere =
    input.projection !== undefined &&
    (input.aggregate ?? input.account) !== undefined &&
    letters.some(({ eventSequence }) => eventSequence === sequence);
  if (!isThere) {
    throw new PlayheadError(
      'DEAD_LETTER_NOT_FOUND',
      `With --sequence give --projection and --aggregate; nothing waits at event ${sequence} of that.`,
    );
  }
}

const toDeps = ({ db, dynamo, store, registered }: OpsContext) => ({
  db,
  dynamo,
  store,
  registered,
});

async function toFilter({ store }: OpsContext, { projection, aggregate, account }: Input) {
  const named = aggregate ?? account;
  return {
    ...(projection !== undefined && { projection }),
    ...(named !== undefined && { aggregateId: await findAggregateId(store, named) }),
  };
}

function toText({ groups, problems }: DeadLetterList, skipped: boolean): string {
  const rows = groups.flatMap(({ letters }) =>
    letters.map((letter) => [
      letter.projection,
      letter.aggregateId,
      `${letter.eventSequence}`,
      letter.eventType ?? '(unknown)',
      letter.category,
      letter.waiting === null ? '?' : `${letter.waiting}`,
      letter.skipped === null ? letter.error : `${letter.skipped.by}: ${letter.skipped.reason}`,
    ]),
  );
  const unlisted = groups.reduce(
    (sum, { aggregates, letters }) => sum + aggregates - letters.length,
    0,
  );
  const columns = ['projection', 'aggregate', 'event', 'type', 'category', 'waiting', 'why'];
  const nothing = skipped ? 'No event was skipped.' : 'No aggregate waits.';
  return [
    rows.length === 0 ? nothing : toTable(columns, rows),
    ...(unlisted > 0 ? [`… and ${unlisted} more.`] : []),
    ...problems,
  ].join('\n');
}

function toRetryText({ retried, settled, applied, dead, failed }: RetrySummary): string {
  return [
    `${retried} retried: ${settled} settled, ${applied} events applied.`,
    ...dead.map(
      ({ projection, aggregateId, at, error }) =>
        `${projection}: ${aggregateId} waits again, at event ${at}: ${error}`,
    ),
    ...failed.map(
      ({ projection, aggregateId = 'nothing', error }) =>
        `${projection}: ${aggregateId} could be tried: ${error}`,
    ),
  ].join('\n');
}
