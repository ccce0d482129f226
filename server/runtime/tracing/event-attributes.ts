import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { SpanAttributes, TracedEvent } from './tracing.ts';

/** What a span tells of an event: everything but its payload. */
export function toEventAttributes({
  aggregateId,
  eventSequence,
  eventId,
  eventType,
}: TracedEvent): SpanAttributes {
  return {
    'playhead.aggregate.type': parseAggregateId(aggregateId).type,
    'playhead.aggregate.id': aggregateId,
    'playhead.event.id': eventId,
    'playhead.event.type': eventType,
    'playhead.event.sequence': eventSequence,
  };
}
