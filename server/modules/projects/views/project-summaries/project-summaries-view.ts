import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { defineHotView } from '#server/runtime/hot-views/hot-view.ts';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import { projectAggregate } from '../../domain/project-aggregate.ts';
import type { ProjectEvent } from '../../domain/project-events.ts';

/** An item of the hot view project-summaries. */
export const projectSummarySchema = z.object({
  projectId: z.string(),
  name: z.string(),
  status: z.enum(['active', 'archived']),
  services: z.number().int(),
  links: z.number().int(),
  templateId: z.string().optional(),
  templateVersion: z.number().int().optional(),
  /** The timestamp of the event `sequence`. */
  updatedAt: z.string(),
  /** The project's events up to this one are in the item. */
  sequence: z.number().int().positive(),
  /** The id of that event. */
  eventId: z.string(),
  /** When the item was last rebuilt from the event store. */
  rebuiltAt: z.string().optional(),
});

export type ProjectSummary = z.infer<typeof projectSummarySchema>;

/** A project in short, for reads by key. */
export const projectSummariesView = defineHotView<ProjectSummary, ProjectEvent>({
  name: 'project-summaries',
  aggregate: projectAggregate,
  key: 'projectId',
  version: 1,
  parse: (item) => projectSummarySchema.parse(item),
  toItem: (summary) => summary,
  fold: (held, events) =>
    events.reduce(
      (item, event) => (isNext(item?.sequence ?? 0, event) ? next(item, event) : item),
      held,
    ),
});

function next(
  item: ProjectSummary | undefined,
  event: FollowingEvent<ProjectEvent>,
): ProjectSummary {
  const { timestamp: updatedAt, eventSequence: sequence, eventId } = event;
  const moved = { updatedAt, sequence, eventId };
  if (event.eventType === 'ProjectCreated') {
    const { name, template, services, links } = event.eventData;
    return {
      projectId: parseAggregateId(event.aggregateId).id,
      name,
      status: 'active',
      services: services.length,
      links: links.length,
      templateId: template?.templateId,
      templateVersion: template?.version,
      ...moved,
    };
  }
  if (item === undefined) {
    throw new Error(`${event.aggregateId} does not begin with its creation.`);
  }
  const { services, links } = item;
  switch (event.eventType) {
    case 'ServiceAdded':
      return {
        ...item,
        services: services + 1,
        links: links + event.eventData.links.length,
        ...moved,
      };
    case 'ServiceRemoved':
      return {
        ...item,
        services: services - 1,
        links: links - event.eventData.links.length,
        ...moved,
      };
    case 'ServicesConnected':
      return { ...item, links: links + 1, ...moved };
    case 'ServicesDisconnected':
      return { ...item, links: links - 1, ...moved };
    case 'ProjectConfigurationChanged':
      return { ...item, ...moved };
    case 'ProjectArchived':
      return { ...item, status: 'archived', ...moved };
  }
}
