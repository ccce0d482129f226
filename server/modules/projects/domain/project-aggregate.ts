import { z } from 'zod';
import type { ProjectState } from '#lib/modules/projects/project-state.ts';
import { toSlug } from '#lib/slug.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { evolveProject, initialState } from './evolve-project.ts';
import type { ProjectEvent } from './project-events.ts';

const text = z.string().optional();
const configuration = z.record(z.string(), z.string());
const link = z.object({ from: z.string(), to: z.string() });
const service = z.object({ name: z.string(), kind: z.string(), configuration });
const template = z
  .object({ templateId: z.string(), version: z.number().int().positive(), values: configuration })
  .optional();

const facts = {
  name: z.string(),
  description: text,
  template,
  configuration,
  services: z.array(service),
  links: z.array(link),
};

const stateCodec = z.discriminatedUnion('status', [
  z.object({ status: z.literal('missing') }),
  z.object({
    status: z.enum(['active', 'archived']),
    ...facts,
    createdAt: z.string(),
    lastEventAt: z.string(),
    archivedAt: text,
    archiveReason: text,
  }),
]);

/** A project with its services and how they are connected. */
export const projectAggregate: Aggregate<ProjectState, ProjectEvent> = {
  type: 'project',
  parseId: toSlug,
  initialState,
  evolve: evolveProject,
  events: {
    ProjectCreated: { schemaVersion: 1, codec: z.object(facts) },
    ServiceAdded: {
      schemaVersion: 1,
      codec: service.extend({ links: z.array(z.string()) }),
    },
    ServiceRemoved: {
      schemaVersion: 1,
      codec: z.object({ name: z.string(), links: z.array(link) }),
    },
    ServicesConnected: { schemaVersion: 1, codec: link },
    ServicesDisconnected: { schemaVersion: 1, codec: link },
    ProjectConfigurationChanged: {
      schemaVersion: 1,
      codec: z.object({ service: text, set: configuration, removed: z.array(z.string()) }),
    },
    ProjectArchived: { schemaVersion: 1, codec: z.object({ reason: text }) },
  },
  finalEvents: ['ProjectArchived'],
  snapshot: { version: 1, codec: stateCodec },
};
