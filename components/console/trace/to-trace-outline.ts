import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { Trace, ViewDelivery } from '#lib/contracts/command-history.ts';

/** A box of the graph: what it is, and what of the trace it stands for. */
export type TraceNode =
  | { readonly kind: 'command'; readonly id: string; readonly command: Trace['commands'][number] }
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly event: Trace['commands'][number]['events'][number];
    }
  | { readonly kind: 'view'; readonly id: string; readonly view: ViewDelivery };

export type TraceEdge = { readonly source: string; readonly target: string };

/** What a trace is made of, and what led to what. Pure. */
export function toTraceOutline({ commands, views }: Trace): {
  readonly nodes: TraceNode[];
  readonly edges: TraceEdge[];
} {
  const events = commands.flatMap((command) => command.events);
  const toId = (kind: TraceNode['kind'], id: string) => `${kind} ${id}`;
  return {
    nodes: [
      ...commands.map((command) => ({
        kind: 'command' as const,
        id: toId('command', command.id),
        command,
      })),
      ...events.map((event) => ({
        kind: 'event' as const,
        id: toId('event', event.eventId),
        event,
      })),
      ...views.map((view) => ({ kind: 'view' as const, id: toId('view', view.view), view })),
    ],
    edges: [
      ...commands.flatMap((command) =>
        command.events.map(({ eventId }) => ({
          source: toId('command', command.id),
          target: toId('event', eventId),
        })),
      ),
      ...events.flatMap(({ eventId, aggregateId }) =>
        views
          .filter(({ aggregateType }) => aggregateType === parseAggregateId(aggregateId).type)
          .map(({ view }) => ({ source: toId('event', eventId), target: toId('view', view) })),
      ),
    ],
  };
}
