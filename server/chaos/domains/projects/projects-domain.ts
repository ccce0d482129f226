import { projectAnswerSchema } from '#lib/modules/projects/queries.ts';
import type { ChaosDomain } from '../chaos-domain.ts';
import { checkTemplatesOfProjects } from './check-templates-of-projects.ts';
import { FIRST_PROJECTS, planProjectCommands } from './plan-project-commands.ts';

/** Projects under load: none comes of a template that was deprecated before. */
export const projectsDomain: ChaosDomain = {
  module: 'projects',
  beginnings: FIRST_PROJECTS,
  weight: 23,
  plan: planProjectCommands,
  reads: [
    {
      aggregateType: 'project',
      path: (id) => `/api/projects/${id}`,
      waitQuery: (sequence) => `?sequence=${sequence}`,
      views: ['projects'],
      toSequences: (body) => ({ projects: projectAnswerSchema.parse(body).project.version }),
    },
  ],
  check: checkTemplatesOfProjects,
};
