import { templateAnswerSchema } from '#lib/modules/templates/queries.ts';
import type { ChaosDomain } from '../chaos-domain.ts';
import { FIRST_TEMPLATES, planTemplateCommands } from './plan-template-commands.ts';

/** Templates under load; what became of them is seen in the projects that were created from them. */
export const templatesDomain: ChaosDomain = {
  module: 'templates',
  beginnings: FIRST_TEMPLATES,
  weight: 12,
  plan: planTemplateCommands,
  reads: [
    {
      aggregateType: 'template',
      path: (id) => `/api/templates/${id}`,
      waitQuery: (sequence) => `?sequence=${sequence}`,
      views: ['template-details'],
      toSequences: (body) => ({ 'template-details': templateAnswerSchema.parse(body).version }),
    },
  ],
};
