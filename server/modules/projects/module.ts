import type { Module } from '#server/runtime/module.ts';
import { addService } from './commands/add-service.ts';
import { archiveProject } from './commands/archive-project.ts';
import { changeProjectConfiguration } from './commands/change-project-configuration.ts';
import { connectServices } from './commands/connect-services.ts';
import { createProject } from './commands/create-project.ts';
import { disconnectServices } from './commands/disconnect-services.ts';
import { removeService } from './commands/remove-service.ts';
import { planDemoProjects } from './demo/plan-demo-projects.ts';
import { projectAggregate } from './domain/project-aggregate.ts';
import { PROJECT_REJECTIONS } from './domain/project-rejections.ts';
import { PROJECT_RESOURCES } from './queries/project-resources.ts';
import { searchProjects } from './queries/search-projects.ts';
import { projectSummariesView } from './views/project-summaries/project-summaries-view.ts';
import { projectsView } from './views/projects/projects-view.ts';
import { serviceTopologyView } from './views/service-topology/service-topology-view.ts';
import { templateUsageView } from './views/template-usage/template-usage-view.ts';

/** Projects: services, how they are configured, and which of them uses which. */
export const projectsModule: Module = {
  name: 'projects',
  aggregates: [projectAggregate],
  commands: [
    createProject,
    addService,
    removeService,
    connectServices,
    disconnectServices,
    changeProjectConfiguration,
    archiveProject,
  ],
  views: [projectsView, serviceTopologyView, templateUsageView],
  hotViews: [projectSummariesView],
  resources: PROJECT_RESOURCES,
  rejections: PROJECT_REJECTIONS,
  search: searchProjects,
  demo: planDemoProjects,
};
