import { z } from 'zod';
import type { TopologyEdge } from '#lib/modules/projects/topology.ts';
import {
  mergeOutlines,
  OUTLINE_BLOCK,
  type TopologyOutline,
} from '#lib/modules/projects/topology-outline.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import { isFailed, toHistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import { sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import type { ProjectEvent } from '../domain/project-events.ts';

export const topologyOutlineQuerySchema = z
  .object({
    from: z.coerce.number().pipe(sequenceSchema),
    to: z.coerce.number().pipe(sequenceSchema),
  })
  .refine(({ from, to }) => from <= to && to - from < OUTLINE_BLOCK, {
    path: ['to'],
    error: `At most ${OUTLINE_BLOCK} events are looked at, in ascending order.`,
  });
type TopologyOutlineQuery = z.infer<typeof topologyOutlineQuerySchema>;

/**
 * The services and links that the project's events `from` to `to` have brought, both included, from the
 * event store; `to` may lie past the newest event. An event that cannot be read brings nothing.
 */
export async function getTopologyOutline(
  store: HistoryStore,
  aggregateId: string,
  range: TopologyOutlineQuery,
): Promise<TopologyOutline> {
  const events = await readDelivered(store, aggregateId, range, { areKnown: false });
  const entries = events.map((event) => toHistoryEntry(store, event));
  return mergeOutlines(
    entries.flatMap((entry) => (isFailed(entry) ? [] : [READER.read(entry.event)])),
  );
}

/** A method, as those of an aggregate are: it is handed only what the project's codec has read. */
const READER: { read(event: DomainEvent): TopologyOutline } = { read: toBrought };

function toBrought(event: ProjectEvent): TopologyOutline {
  switch (event.eventType) {
    case 'ProjectCreated': {
      const { services, links } = event.eventData;
      return toOutline(
        services.map(({ name }) => name),
        links.map(({ from, to }) => ({ source: from, target: to })),
      );
    }
    case 'ServiceAdded': {
      const { name, links } = event.eventData;
      return toOutline(
        [name],
        links.map((target) => ({ source: name, target })),
      );
    }
    case 'ServicesConnected': {
      const { from, to } = event.eventData;
      return toOutline([], [{ source: from, target: to }]);
    }
    default:
      return toOutline([], []);
  }
}

/** The ends of a link are services too, also of one whose services came in an earlier block. */
function toOutline(names: readonly string[], edges: readonly TopologyEdge[]): TopologyOutline {
  return { names: [...names, ...edges.flatMap(({ source, target }) => [source, target])], edges };
}
