import { toAggregateId } from '#lib/aggregate-id.ts';
import { toEventTime } from '#lib/event-time.ts';
import { settleMessageSchema } from '#lib/modules/crm/commands.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accept, reject } from '#server/runtime/commands/decision.ts';
import { messageAggregate } from '../domain/message-aggregate.ts';

const toId = (messageId: string) => toAggregateId(messageAggregate.type, messageId);

/** Says of a refused message that it needs no more attention, and why. */
export const settleMessage = defineCommand({
  type: 'SettleCrmMessage',
  isIssuedByForm: true,
  action: 'operations',
  route: {
    method: 'POST',
    path: '/crm/messages/{messageId}/settlement',
    summary: 'Says of a refused message that it needs no more attention, and why.',
  },
  schema: settleMessageSchema,
  aggregates: ({ messageId }) => [toId(messageId)],
  decide: ({ messageId, reason }, { at, stateOf }) => {
    const { status, lastEventAt } = stateOf(messageAggregate, toId(messageId));
    return status === 'refused'
      ? accept(toEventTime(at, lastEventAt), toId(messageId), {
          eventType: 'CrmMessageSettled',
          eventData: { reason },
        })
      : reject('CRM_MESSAGE_NOT_REFUSED', `The message ${messageId} is ${status}.`, 'messageId');
  },
});
