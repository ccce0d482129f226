import fc from 'fast-check';
import type { ProjectState } from '#lib/modules/projects/project-state.ts';
import { decideCreate } from '#server/modules/projects/domain/decide-create.ts';
import { decideProject } from '#server/modules/projects/domain/decide-project.ts';
import { evolveProject, initialState } from '#server/modules/projects/domain/evolve-project.ts';
import { toProjectAggregateId } from '#server/modules/projects/domain/project-aggregate-id.ts';
import type { ProjectCommand } from '#server/modules/projects/domain/project-commands.ts';
import type {
  ProjectCreated,
  ProjectEvent,
  ServiceAdded,
} from '#server/modules/projects/domain/project-events.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import { toRecorded } from './recorded.ts';
import { templateAfter, uploaded, validated } from './templates.ts';

/** The project `p1`, empty unless said otherwise. */
export const created = (changes: Partial<ProjectCreated> = {}): ProjectEvent => ({
  eventType: 'ProjectCreated',
  eventData: {
    name: 'Project one',
    description: undefined,
    configuration: {},
    services: [],
    links: [],
    ...changes,
  },
});

export const added = (name: string, changes: Partial<ServiceAdded> = {}): ProjectEvent => ({
  eventType: 'ServiceAdded',
  eventData: { name, kind: 'service', configuration: {}, links: [], ...changes },
});

export const connected = (from: string, to: string): ProjectEvent => ({
  eventType: 'ServicesConnected',
  eventData: { from, to },
});

export const archived = (reason?: string): ProjectEvent => ({
  eventType: 'ProjectArchived',
  eventData: { reason },
});

/** The project's events as recorded, an hour apart. */
export function toProjectHistory(
  events: readonly ProjectEvent[],
  projectId = 'p1',
): RecordedEvent<ProjectEvent>[] {
  return toRecorded(toProjectAggregateId(projectId), events);
}

/** The project as these events have left it. */
export function projectAfter(...events: readonly ProjectEvent[]): ProjectState {
  return toProjectHistory(events).reduce<ProjectState>(evolveProject, initialState);
}

const at = '2027-01-01T00:00:00.000Z';
const name = fc.constantFrom('a', 'b', 'c', 'd', 'web', 'db');
const settings = fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom('1', '2'));

/** Few names, so that rules collide. */
const anyProjectCommand: fc.Arbitrary<ProjectCommand> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      commandType: fc.constant('AddService' as const),
      projectId: fc.constant('p1'),
      at: fc.constant(at),
      name,
      kind: fc.constantFrom('service', 'postgres'),
      configuration: settings,
      links: fc.uniqueArray(name, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      commandType: fc.constant('RemoveService' as const),
      projectId: fc.constant('p1'),
      at: fc.constant(at),
      name,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      commandType: fc.constantFrom('ConnectServices' as const, 'DisconnectServices' as const),
      projectId: fc.constant('p1'),
      at: fc.constant(at),
      from: name,
      to: name,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      commandType: fc.constant('ChangeProjectConfiguration' as const),
      projectId: fc.constant('p1'),
      at: fc.constant(at),
      service: fc.option(name, { nil: undefined }),
      set: settings,
      remove: fc.subarray(['x', 'y']),
    }),
  },
);

/** What the accepted ones of some commands have brought about, with or without a template. */
export const anyProjectHistory: fc.Arbitrary<RecordedEvent<ProjectEvent>[]> = fc
  .record({
    commands: fc.array(anyProjectCommand, { maxLength: 40, size: 'max' }),
    isOfTemplate: fc.boolean(),
    isArchived: fc.boolean(),
  })
  .map(({ commands, isOfTemplate, isArchived }) => {
    const events: ProjectEvent[] = [];
    const add = (decision: ReturnType<typeof decideProject>) => {
      if (decision.kind === 'accepted') {
        for (const [event] of decision.events.values()) {
          // The decider of a project writes no other ones.
          events.push(event as ProjectEvent);
        }
      }
    };
    add(
      decideCreate(
        {
          projectId: 'p1',
          at,
          name: 'Project one',
          templateId: isOfTemplate ? 'shop' : undefined,
          parameters: {},
        },
        initialState,
        isOfTemplate ? templateAfter(uploaded(), validated()) : undefined,
      ),
    );
    for (const command of commands) {
      add(decideProject(command, projectAfter(...events)));
    }
    if (isArchived) {
      add(
        decideProject(
          { commandType: 'ArchiveProject', projectId: 'p1', at },
          projectAfter(...events),
        ),
      );
    }
    return toProjectHistory(events);
  });
