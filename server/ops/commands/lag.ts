import { z } from 'zod';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { EXIT_FAILED } from '#server/runtime/ops/failure.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import { toSystemState } from '#server/runtime/system/to-system-state.ts';

/** A database that has not answered for so long is told as unknown. In milliseconds. */
const TIMEOUT_MS = 5_000;

/** `lag`: how far everything that follows the event store is behind. */
export const lagCommand = defineOpsCommand({
  usage: 'lag',
  summary: 'how far each consumer and each projection is behind the event store',
  details: `With --json, one object: head (the journal's newest position), consumers (of the stream, per shard:
name, shardId, status, checkpoint, eventsBehind, atLeast when the count was cut short, secondsBehind,
updatedAt, error), projections (of the journal: name, version, checkpoint, eventsBehind,
secondsBehind, updatedAt) and freshness (of each view against the event store, as the pages show it:
view, state, eventsBehind, atLeast, behindSince, thresholdSeconds, reason, since) and conflicts (aggregates of which the
journal holds another event than the event store). What cannot be measured is null, and
"unknown" in the table. Exit code 1 when a database does not answer.`,
  input: z.object({}),
  run: async (ctx, _input, io) => {
    const facts = await createSystemWatch({ ...ctx, timeoutMs: TIMEOUT_MS }).readFacts();
    const { lag, consumers, views } = toSystemState(facts);
    const conflicts = facts.postgres.facts?.conflicts ?? null;
    if (lag === null && consumers === null) {
      throw new PlayheadError('DYNAMODB_UNAVAILABLE', 'Neither database answers.');
    }
    const code = lag === null || consumers === null ? EXIT_FAILED : 0;
    if (io.json) {
      const projections = lag?.projections.map(
        ({ name, version, position, eventsBehind, secondsBehind, updatedAt }) => {
          const checkpoint = position;
          return { name, version, checkpoint, eventsBehind, secondsBehind, updatedAt };
        },
      );
      const head = lag?.head ?? null;
      await io.print(
        toJson({ head, consumers, projections: projections ?? null, freshness: views, conflicts }),
      );
      return code;
    }
    const now = ctx.now();
    const rows = [
      ...(consumers ?? []).map(
        ({ name, status, checkpoint, eventsBehind, secondsBehind, ...row }) => [
          `consumer ${name} (${status})`,
          checkpoint ?? '(none)',
          toCount(eventsBehind, row.atLeast),
          secondsBehind?.toFixed(1) ?? 'unknown',
          row.reason ?? row.error ?? '',
        ],
      ),
      ...views
        .filter(({ view }) => lag?.projections.some(({ name }) => name === view) ?? false)
        .map((view) => [
          `projection ${view.view} (${view.state})`,
          `${lag?.projections.find(({ name }) => name === view.view)?.position ?? 'unknown'}`,
          toCount(view.eventsBehind, view.atLeast),
          toSeconds(view, now),
          view.reason ?? '',
        ]),
    ];
    const headings = ['what', 'checkpoint', 'events behind', 'seconds behind', 'because'];
    const table = toTable(headings, rows);
    const warning = `In ${countOf(conflicts ?? 0, 'aggregate')} the journal holds another event than the event store: see dead-letters.`;
    await io.print(conflicts ? `${table}\n${warning}` : table);
    return code;
  },
});

function toCount(events: number | null, atLeast: boolean): string {
  return events === null ? 'unknown' : `${events}${atLeast ? '+' : ''}`;
}

function toSeconds({ eventsBehind, behindSince }: ViewFreshness, now: Date): string {
  if (eventsBehind === null) {
    return 'unknown';
  }
  const since = behindSince === null ? now.getTime() : Date.parse(behindSince);
  return (Math.max(0, now.getTime() - since) / 1_000).toFixed(1);
}
