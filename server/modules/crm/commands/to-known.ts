import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { DecisionContext } from '#server/runtime/commands/command.ts';
import type { Known } from '../domain/decide-messages.ts';
import { messageAggregate } from '../domain/message-aggregate.ts';
import { recordAggregateOf } from '../domain/record-aggregate.ts';

/** What the module's decisions stand on, of what a command's may. */
export function toKnown({ at, stateOf }: Pick<DecisionContext, 'at' | 'stateOf'>): Known {
  return {
    at,
    recordOf: (id) => stateOf(recordAggregateOf(parseAggregateId(id).type), id),
    messageOf: (id) => stateOf(messageAggregate, id),
  };
}
