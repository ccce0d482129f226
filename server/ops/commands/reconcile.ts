import { z } from 'zod';
import { type Conservation, judgeConservation, toExcess } from '#lib/contracts/conservation.ts';
import { countOf } from '#lib/count-format.ts';
import { type Reconciliation, reconcile } from '#server/runtime/integrity/reconcile.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';

/** `reconcile`: whether every view is what the events say. */
export const reconcileCommand = defineOpsCommand({
  usage: 'reconcile',
  summary: 'fold every aggregate from the event store and compare every view with it',
  details: `With --json, one object: checked (aggregates in the event store, all of them compared), aggregates (the
same), different (aggregates with a view
that is not what the events say, or with events that no command brought), differences (single ones),
explained (aggregates whose differences are all explained by dead letters and skipped events),
unknownOrigins (events whose command's record may have expired, so that nobody knows how they came
in), conserved (quantities such as money: for each currency what came in less what went out, transfers under
way, what the view holds, and the journal's position at which that is so; problem says why it cannot be said),
items (the first 100: aggregateId, view, field, expected, actual, explanation or null). Views that
are behind get some seconds to catch up. Exit code 1 when anything differs without an explanation, or money is lost or made up; what
is explained is listed, also an event that no program can read, with exit code 0.`,
  input: z.object({}),
  run: async (ctx, _input, io) => {
    const result = await reconcile(ctx, { signal: io.signal });
    await io.print(io.json ? toJson(result) : toText(result));
    const isLost = result.conserved.some((each) => judgeConservation(each) === 'violated');
    return result.different > 0 || isLost ? EXIT_FAILED : 0;
  },
});

function toText(result: Reconciliation): string {
  const { checked, different, differences, explained, unknownOrigins, conserved, items } = result;
  const compared = `${checked} aggregates compared with every view: ${different} differ${explained === 0 ? '' : `, ${explained} more are explained`}.`;
  const origins = `How ${countOf(unknownOrigins, 'event')} came in is unknown: the records of commands expire.`;
  const sentence = [
    compared,
    ...(unknownOrigins === 0 ? [] : [origins]),
    ...conserved.map(toConservationLine),
  ].join('\n');
  const unreadable = new Set(
    items.flatMap(({ aggregateId, view, field }) =>
      view === 'event-store' && field === 'event' ? aggregateId : [],
    ),
  );
  const strange = new Set(
    items.flatMap(({ aggregateId, field }) => (field.endsWith('/command') ? aggregateId : [])),
  );
  const forged = [...strange].map(
    (aggregateId) =>
      `${aggregateId} has an event without its command's record: nobody knows who wrote it.`,
  );
  const walls = [...unreadable].map(
    (aggregateId) =>
      `${aggregateId} has an event that cannot be read: commands on it are refused until a program that can read it runs.`,
  );
  if (items.length === 0) {
    return sentence;
  }
  const rows = items.map(({ aggregateId, view, field, expected, actual, explanation }) => [
    aggregateId,
    view,
    field,
    expected ?? '(none)',
    actual ?? '(none)',
    explanation ?? '',
  ]);
  const unlisted = differences - items.filter(({ explanation }) => explanation === null).length;
  return [
    toTable(['aggregate', 'view', 'field', 'expected', 'actual', 'because'], rows),
    ...(unlisted > 0 ? [`… and ${unlisted} more differences.`] : []),
    ...walls,
    ...forged,
    sentence,
  ].join('\n');
}

function toConservationLine(found: Conservation): string {
  const { quantity, view, position, units, problem } = found;
  const of = `${quantity} in ${view} at position ${position}`;
  switch (judgeConservation(found)) {
    case 'unknown':
      return `Whether ${of} is conserved is unknown: ${problem}`;
    case 'conserved':
      return `Conserved: ${of}.`;
    case 'violated':
      return `Not conserved: ${of}: ${units
        .map(
          (unit) =>
            `${unit.unit} off by ${toExcess(unit)}, ${unit.unpaired} transfers with one side`,
        )
        .join('; ')} (minor units).`;
  }
}
