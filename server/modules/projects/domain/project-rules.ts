import { toEventTime } from '#lib/event-time.ts';
import type { ExistingProject, ProjectState } from '#lib/modules/projects/project-state.ts';
import { type Blueprint, MAX_SERVICES, type Service } from '#lib/modules/templates/blueprint.ts';
import { type Decision, type Rejection, reject } from '#server/runtime/commands/decision.ts';
import { toProjectAggregateId } from './project-aggregate-id.ts';
import type { ProjectEvent } from './project-events.ts';

/** All of a project must fit into one item of DynamoDB's, as its first event and as a snapshot. */
const MAX_PROJECT_BYTES = 256 * 1024;

/** The project, when it takes commands; else the rejection that says what it is instead. */
export function requireActive(projectId: string, state: ProjectState): ExistingProject | Rejection {
  switch (state.status) {
    case 'missing':
      return reject('PROJECT_NOT_FOUND', `There is no project ${projectId}.`, 'projectId');
    case 'archived':
      return reject(
        'PROJECT_ARCHIVED',
        `The project ${projectId} was archived on ${state.archivedAt?.slice(0, 10)}.`,
        'projectId',
      );
    case 'active':
      return state;
  }
}

/** The service of that name; else the rejection. */
export function requireService(
  { services }: Blueprint,
  name: string,
  field: string,
): Service | Rejection {
  return (
    services.find((service) => service.name === name) ??
    reject('SERVICE_NOT_FOUND', `There is no service “${name}” in this project.`, field)
  );
}

/** What a project has stays within what is kept of one. */
export function checkSize({
  configuration,
  services,
  links,
  template,
}: Blueprint & Pick<ExistingProject, 'template'>): Rejection | undefined {
  if (services.length > MAX_SERVICES) {
    return reject('PROJECT_TOO_LARGE', `A project has at most ${MAX_SERVICES} services.`);
  }
  const json = JSON.stringify({ configuration, services, links, values: template?.values });
  const bytes = new TextEncoder().encode(json).length;
  return bytes > MAX_PROJECT_BYTES
    ? reject(
        'PROJECT_TOO_LARGE',
        `Services, links and configuration have ${bytes} bytes together; at most ${MAX_PROJECT_BYTES} are kept.`,
      )
    : undefined;
}

/** A text is at most `limit` characters. */
export function checkLength(field: string, text = '', limit: number): Rejection | undefined {
  return text.length > limit
    ? reject(
        'TEXT_TOO_LONG',
        `The ${field} has ${text.length} characters; at most ${limit} are kept.`,
        field,
      )
    : undefined;
}

/** The decision that events of a project happen; none where nothing changes. */
export function accept(
  { projectId, at }: { readonly projectId: string; readonly at: string },
  lastEventAt: string | undefined,
  ...events: readonly ProjectEvent[]
): Decision {
  return {
    kind: 'accepted',
    timestamp: toEventTime(at, lastEventAt),
    events: new Map(events.length === 0 ? [] : [[toProjectAggregateId(projectId), events]]),
  };
}
