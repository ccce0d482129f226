import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { defineOpsCommand } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { getSequenceAt } from '#server/runtime/time-travel/get-sequence-at.ts';
import { getStateAt } from '#server/runtime/time-travel/get-state-at.ts';
import { toStateFields } from '#server/runtime/time-travel/state-fields.ts';
import { findAggregateId } from '../find-aggregate-id.ts';

/** `state`: what an aggregate is, or was, folded from the event store. */
export const stateCommand = defineOpsCommand({
  usage: 'state <aggregate>',
  summary: 'what an aggregate is, or was, folded from the event store',
  options: [
    {
      flags: '--at <when>',
      description:
        'after this event sequence (12), at the end of this day (1993-06-30), or at this time (1993-06-30T12:00:00Z)',
    },
  ],
  details: `An aggregate is named by its type and id (account#A-1), or by its id where that is enough. Amounts
are in minor units. With --json, one object: aggregateId, <type>Id (the id alone), version (the sequence
that was folded up to; 0 is before the first event), and the fields of the state, those within others as
"services.web.kind".`,
  input: z.object({
    aggregate: z.string(),
    at: z
      .union(
        [z.string().regex(/^\d+$/), z.iso.date(), z.iso.datetime({ offset: true })],
        '--at is an event sequence (12), a day, or a time with its offset (1993-06-30T12:00:00Z).',
      )
      .optional(),
  }),
  run: async (ctx, { aggregate, at }, io) => {
    const aggregateId = await findAggregateId(ctx.store, aggregate);
    const { type, id } = parseAggregateId(aggregateId);
    const { state, version } = await load(ctx, aggregateId, at);
    const fields = { aggregateId, [`${type}Id`]: id, version, ...toStateFields(state) };
    await io.print(
      io.json
        ? toJson(fields)
        : toTable(
            ['field', 'value'],
            Object.entries(fields).map(([field, value]) => [field, `${value}`]),
          ),
    );
    return 0;
  },
});

async function load(
  { store }: OpsContext,
  aggregateId: string,
  at: string | undefined,
): Promise<LoadedState> {
  if (at === undefined) {
    const loaded = await store.load(aggregateId);
    if (loaded.version === 0) {
      throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no ${aggregateId}.`);
    }
    return loaded;
  }
  const sequence = /^\d+$/.test(at) ? Number(at) : await getSequenceAt(store, aggregateId, at);
  return getStateAt(store, aggregateId, sequence);
}
