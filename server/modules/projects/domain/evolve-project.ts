import type { ProjectState } from '#lib/modules/projects/project-state.ts';
import { evolveBlueprint } from './evolve-blueprint.ts';
import type { ProjectEvent } from './project-events.ts';

export const initialState: ProjectState = { status: 'missing' };

/**
 * The state after one more event. Throws when the decider cannot have written it: an event before the
 * project's creation, a second creation, or an event after the archiving.
 */
export function evolveProject(
  state: ProjectState,
  event: ProjectEvent & { readonly timestamp: string },
): ProjectState {
  const { timestamp: lastEventAt } = event;
  if (event.eventType === 'ProjectCreated') {
    if (state.status !== 'missing') {
      throw new Error(`ProjectCreated on a project that is ${state.status}`);
    }
    return { ...event.eventData, status: 'active', createdAt: lastEventAt, lastEventAt };
  }
  if (state.status !== 'active') {
    throw new Error(`${event.eventType} on a project that is ${state.status}`);
  }
  const { services, links, configuration } = state;
  const next = {
    ...state,
    ...evolveBlueprint({ services, links, configuration }, event),
    lastEventAt,
  };
  return event.eventType === 'ProjectArchived'
    ? {
        ...next,
        status: 'archived',
        archivedAt: lastEventAt,
        archiveReason: event.eventData.reason,
      }
    : next;
}
