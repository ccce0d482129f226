import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getBusState } from '#server/runtime/bus/get-bus-state.ts';
import { requestReplay } from '#server/runtime/bus/request-replay.ts';
import { findProjection } from '#server/runtime/operations/find-projection.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';

const ACTIONS = ['replay', 'list'] as const;

const inputSchema = reasonSchema.extend({
  action: z.enum(ACTIONS, `bus does ${ACTIONS.join(' and ')}.`),
  projection: z.string().optional(),
});

/** `bus`: replays of projections by SNS and SQS. */
export const busCommand = defineOpsCommand({
  usage: 'bus <action> [projection]',
  summary: 'fill a new generation of a projection by SNS and SQS, beside the one that serves',
  options: [reasonOption],
  details: `replay <projection>: a worker creates a live and a replay queue, subscribes the live one to the topic of
all events, routes the replay queue to the handler, puts every event so far into it, waits until it is empty, and
routes the live queue to the handler. The generation is then compared, swapped in, or discarded as that of a
rebuild: rebuild <projection>, and --swap, --discard or --cancel.

list: how far each replay is, newest first.

It needs a worker with PLAYHEAD_BUS_ENDPOINT. With --json, one object: rebuild, or publisher and replays.`,
  input: inputSchema,
  run: async (ctx, input, io) => {
    if (input.action === 'list') {
      await list(ctx, io);
      return 0;
    }
    const projection = findProjection(ctx.registered, input.projection ?? '');
    const { publisher } = await getBusState(ctx.db);
    if (publisher?.worker == null) {
      throw new PlayheadError(
        'NOT_CONFIGURED',
        'No worker has a bus: start Playhead with PLAYHEAD_BUS_ENDPOINT.',
      );
    }
    const rebuild = await requestReplay(ctx.db, projection, toOperator(input));
    const sentence = `Replay ${rebuild.id} of ${projection.name} has begun; “bus list” shows how far it is.`;
    await io.print(io.json ? toJson({ rebuild }) : sentence);
    return 0;
  },
});

async function list({ db }: OpsContext, io: OpsIo): Promise<void> {
  const state = await getBusState(db);
  if (io.json) {
    await io.print(toJson(state));
    return;
  }
  const rows = state.replays.map((replay) => [
    `${replay.rebuild}`,
    replay.projection,
    replay.status,
    replay.state,
    `${replay.put}`,
    `${replay.replayed}`,
    `${replay.live}`,
    `${replay.duplicates}`,
    `${replay.deadLetters}`,
    replay.error ?? '',
  ]);
  const columns = ['no.', 'projection', 'rebuild', 'step', 'put', 'replayed', 'live', 'again'];
  await io.print(toTable([...columns, 'dead', 'waits for'], rows));
}
