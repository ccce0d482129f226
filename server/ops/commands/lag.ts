import { z } from 'zod';
import { countOf } from '#lib/count-format.ts';
import { countConflicts } from '#server/journal/count-conflicts.ts';
import { getProjectionLag } from '#server/projections/lag.ts';
import { getConsumerLag } from '#server/stream/consumer-lag.ts';
import { defineOpsCommand } from '../ops-command.ts';
import { toJson, toTable } from '../output.ts';

/** `lag`: how far everything that follows the event store is behind. */
export const lagCommand = defineOpsCommand({
  usage: 'lag',
  summary: 'how far each consumer and each projection is behind',
  details: `With --json, one object: head (the journal's newest position), consumers (of the stream, per shard:
name, shardId, status, checkpoint, eventsBehind, atLeast when the count was cut short, secondsBehind,
updatedAt, error) and projections (of the journal: name, version, checkpoint, eventsBehind,
secondsBehind, updatedAt), conflicts (accounts of which the journal holds another event than the event
store).`,
  input: z.object({}),
  run: async ({ dynamo, db, now }, _input, io) => {
    const [consumers, { head, projections }, conflicts] = await Promise.all([
      getConsumerLag(dynamo, now()),
      getProjectionLag(db),
      countConflicts(db),
    ]);
    if (io.json) {
      const checkpoints = projections.map(({ position, ...rest }) => ({
        ...rest,
        checkpoint: position,
      }));
      await io.print(toJson({ head, consumers, projections: checkpoints, conflicts }));
      return 0;
    }
    const rows = [
      ...consumers.map(({ name, status, checkpoint, eventsBehind, atLeast, secondsBehind }) => [
        `consumer ${name} (${status})`,
        checkpoint ?? '(none)',
        `${eventsBehind}${atLeast ? '+' : ''}`,
        secondsBehind.toFixed(1),
      ]),
      ...projections.map(({ name, position, eventsBehind, secondsBehind }) => [
        `projection ${name}`,
        `${position}`,
        `${eventsBehind}`,
        secondsBehind.toFixed(1),
      ]),
    ];
    const table = toTable(['what', 'checkpoint', 'events behind', 'seconds behind'], rows);
    const warning = `In ${countOf(conflicts, 'account')} the journal holds another event than the event store: see dead-letters.`;
    await io.print(conflicts === 0 ? table : `${table}\n${warning}`);
    return 0;
  },
});
