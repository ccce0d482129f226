import type { Module } from '#server/runtime/module.ts';
import { changeTemplateParameters } from './commands/change-template-parameters.ts';
import { deprecateTemplate } from './commands/deprecate-template.ts';
import { uploadTemplate } from './commands/upload-template.ts';
import { validateTemplate } from './commands/validate-template.ts';
import { planDemoTemplates } from './demo/plan-demo-templates.ts';
import { templateAggregate } from './domain/template-aggregate.ts';
import { TEMPLATE_REJECTIONS } from './domain/template-rejections.ts';
import { searchTemplates } from './queries/search-templates.ts';
import { TEMPLATE_RESOURCES } from './queries/template-resources.ts';
import { templateCatalogView } from './views/template-catalog/template-catalog-view.ts';
import { templateDetailsView } from './views/template-details/template-details-view.ts';

/** Templates of projects: texts with parameters, in versions that are validated. */
export const templatesModule: Module = {
  name: 'templates',
  aggregates: [templateAggregate],
  commands: [uploadTemplate, validateTemplate, changeTemplateParameters, deprecateTemplate],
  views: [templateCatalogView, templateDetailsView],
  hotViews: [],
  resources: TEMPLATE_RESOURCES,
  rejections: TEMPLATE_REJECTIONS,
  search: searchTemplates,
  demo: planDemoTemplates,
};
