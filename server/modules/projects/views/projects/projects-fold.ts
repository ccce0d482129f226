import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import { changeConfiguration } from '../../domain/evolve-blueprint.ts';
import type { ProjectEvent } from '../../domain/project-events.ts';
import { parseConfigurationText, toConfigurationText } from '../configuration-text.ts';
import type { projects } from './projects-table.ts';

export type ProjectsRow = typeof projects.$inferSelect;

/** A project's row after one more of its events; `row` is the one before it. Pure. */
export function evolveProjectsRow(
  row: ProjectsRow | undefined,
  event: FollowingEvent<ProjectEvent>,
  projectId: string,
): ProjectsRow {
  const at = new Date(event.timestamp);
  const seen = { changedAt: at, version: event.eventSequence };
  if (event.eventType === 'ProjectCreated') {
    const { name, description, template, configuration, services, links } = event.eventData;
    return {
      projectId,
      name,
      description: description ?? null,
      status: 'active',
      templateId: template?.templateId ?? null,
      templateVersion: template?.version ?? null,
      templateValues: toConfigurationText(template?.values ?? {}),
      configuration: toConfigurationText(configuration),
      services: services.length,
      links: links.length,
      createdAt: at,
      createdBy: event.metadata.actor,
      archivedAt: null,
      archiveReason: null,
      ...seen,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of ${event.aggregateId}.`);
  }
  return { ...row, ...changeOf(row, event), ...seen };
}

function changeOf(
  { services, links, configuration }: ProjectsRow,
  event: Exclude<FollowingEvent<ProjectEvent>, { eventType: 'ProjectCreated' }>,
): Partial<ProjectsRow> {
  switch (event.eventType) {
    case 'ServiceAdded':
      return { services: services + 1, links: links + event.eventData.links.length };
    case 'ServiceRemoved':
      return { services: services - 1, links: links - event.eventData.links.length };
    case 'ServicesConnected':
      return { links: links + 1 };
    case 'ServicesDisconnected':
      return { links: links - 1 };
    case 'ProjectConfigurationChanged':
      return event.eventData.service === undefined
        ? {
            configuration: toConfigurationText(
              changeConfiguration(parseConfigurationText(configuration), event.eventData),
            ),
          }
        : {};
    case 'ProjectArchived':
      return {
        status: 'archived',
        archivedAt: new Date(event.timestamp),
        archiveReason: event.eventData.reason ?? null,
      };
  }
}
