import { projectAnswerSchema, projectsPageSchema } from '#lib/modules/projects/queries.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { projectAggregate } from '../domain/project-aggregate.ts';
import { findProject, projectQuerySchema } from './project-answer.ts';
import { getProjectsPage, projectsQuerySchema } from './projects-page.ts';

/** Projects by search, facets and order. */
const projectsResource = defineResource({
  path: '/projects',
  summary: 'Lists projects: searched, narrowed and sorted over all of them.',
  query: projectsQuerySchema,
  answer: projectsPageSchema,
  read: ({ db, scans }, query) => getProjectsPage(query.q ? scans : db, query),
});

/** One project. */
const projectResource = defineResource({
  path: '/projects/{projectId}',
  summary: 'Reads a project from its view; its services are in its state.',
  aggregate: projectAggregate,
  query: projectQuerySchema,
  answer: projectAnswerSchema,
  read: (deps, query, projectId) => findProject(deps, projectId, query),
  toVersion: ({ project }) => project.version,
});

/** What programs read of projects. */
export const PROJECT_RESOURCES = [projectsResource, projectResource];
