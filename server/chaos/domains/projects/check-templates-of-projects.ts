import { z } from 'zod';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import type { Check } from '../../checks/check.ts';
import type { World } from '../../checks/world.ts';
import type { SentCommand } from '../../command-log.ts';

const createdSchema = z.object({ template: z.object({ templateId: z.string() }).optional() });

/** No project was created from a template that had been deprecated before, in the order of writing. */
export function checkTemplatesOfProjects(_: readonly SentCommand[], { events }: World): Check {
  const problems: string[] = [];
  const deprecated = new Set<string>();
  let created = 0;
  for (const { aggregateId, eventType, eventData } of events) {
    if (eventType === 'TemplateDeprecated') {
      deprecated.add(aggregateId);
    } else if (eventType === 'ProjectCreated') {
      const { template } = createdSchema.parse(eventData);
      created += template === undefined ? 0 : 1;
      if (template !== undefined && deprecated.has(toTemplateAggregateId(template.templateId))) {
        const { templateId } = template;
        problems.push(`${aggregateId} came of ${templateId}, which was deprecated before.`);
      }
    }
  }
  return {
    name: 'no project comes of a deprecated template',
    figure: `${created} projects of templates, ${deprecated.size} deprecated templates`,
    problems,
  };
}
