import { z } from 'zod';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';
import { aggregatesOf, decideMessages } from '../domain/decide-messages.ts';
import { fitsBatch, MAX_MESSAGE_BYTES, weighMessage } from '../domain/message-limits.ts';
import { splitBody } from './split-body.ts';
import { toKnown } from './to-known.ts';

/** One change event, or a list of them, as they came. */
const bodySchema = z
  .object({ body: z.string().min(1, 'A change event is needed.').max(1_000_000) })
  .transform(({ body }, ctx) => {
    const messages = splitBody(body);
    const tooLong = messages.find((each) => Buffer.byteLength(each) > MAX_MESSAGE_BYTES);
    if (tooLong !== undefined || !fitsBatch(messages.map(weighMessage))) {
      const message =
        tooLong === undefined
          ? 'These change events are of too many records for one transaction. Send fewer at once.'
          : `A change event has at most ${MAX_MESSAGE_BYTES} bytes.`;
      refuseInput(ctx, { code: 'INVALID_INPUT', message, field: 'body' });
      return z.NEVER;
    }
    return { messages, source: 'api' };
  });

/**
 * Keeps change events of the CRM, all in one transaction, in any of their envelopes. What is known already
 * changes nothing; what cannot be read as one is kept as a refused message (decideMessages).
 */
export const recordMessages = defineCommand({
  type: 'RecordCrmMessages',
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/crm/events',
    summary: 'Takes a change event of the CRM, or a list of them, in any of the three envelopes.',
    // Whatever comes is kept: what is no change event, with its text.
    wholeBody: { field: 'body', element: z.unknown() },
  },
  schema: bodySchema,
  aggregates: ({ messages }) => messages.flatMap(aggregatesOf),
  decide: (batch, context) => decideMessages(batch, toKnown(context)),
});
