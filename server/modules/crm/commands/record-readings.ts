import { z } from 'zod';
import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';
import { checkReading, decideReadings, type Readings } from '../domain/decide-readings.ts';
import { MAX_BATCH_AGGREGATES } from '../domain/message-limits.ts';
import { splitBody } from './split-body.ts';
import { toKnown } from './to-known.ts';

/**
 * A record as the REST API has it. One of the times is needed (checkReading); the other one may be anything, for it
 * is kept as it came, and what cannot be read of it is an error of that field alone.
 */
const time = z.unknown().optional();
const recordSchema = z.looseObject({
  Id: z.string(),
  SystemModstamp: time,
  LastModifiedDate: time,
});

/** One record, or a list of them, as the REST API has them. */
const readingsSchema = z
  .object({
    entityName: z.enum(
      CRM_ENTITIES.map(({ entityName }) => entityName),
      `Records of ${CRM_ENTITIES.map(({ entityName }) => entityName).join(', ')} are kept.`,
    ),
    body: z.string().min(1, 'A record is needed.').max(1_000_000),
  })
  .transform(({ entityName, body }, ctx): Readings => {
    const records = splitBody(body);
    const reasons = records.flatMap((record) => {
      const checked = checkReading(entityName, record);
      return 'reason' in checked ? [checked.reason] : [];
    });
    if (reasons[0] !== undefined || records.length > MAX_BATCH_AGGREGATES) {
      const message = reasons[0] ?? `At most ${MAX_BATCH_AGGREGATES} records at once.`;
      refuseInput(ctx, { code: 'INVALID_INPUT', message, field: 'body' });
      return z.NEVER;
    }
    return { entityName, records };
  });

/** Keeps records of one kind as they were read from the CRM, all in one transaction (decideReadings). */
export const recordReadings = defineCommand({
  type: 'RecordCrmReadings',
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/crm/records/{entityName}',
    summary: 'Takes a record as the CRM’s REST API has it, or a list of them.',
    wholeBody: { field: 'body', element: recordSchema },
  },
  schema: readingsSchema,
  aggregates: ({ entityName, records }) =>
    records.flatMap((record) => {
      const checked = checkReading(entityName, record);
      return 'reason' in checked ? [] : [checked.aggregateId];
    }),
  decide: (readings, context) => decideReadings(readings, toKnown(context)),
});
